"""Asking looks nothing up and sends nothing: neither the command nor the chat."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ui.network import reaching

ROOT = Path(__file__).parent.parent.parent
# Runs at the start of every Python process: writes down whatever reaches for another machine, and refuses it.
WATCH = """
import os, sys
TRIED = os.environ["HOIDAP_TRIED"]
def local(host):
    if isinstance(host, bytes): host = host.decode()
    return host in (None, "", "localhost", "0.0.0.0", "::", "::1") or str(host).startswith(("127.", "/"))
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        host = arguments[1][0] if isinstance(arguments[1], tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
    else:
        return
    if not local(host):
        with open(TRIED, "a") as file: file.write(f"{event} {host}\\n")
        raise OSError(f"{host} is out of reach")
sys.addaudithook(watch)
"""


@pytest.fixture
def environment(tmp_path):
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    (tmp_path / "tried").write_text("", encoding="utf-8")
    return {
        **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
        "PYTHONPATH": f"{tmp_path / 'watch'}{os.pathsep}{ROOT}",
        "HOIDAP_TRIED": str(tmp_path / "tried"),
    }


def can_be_alone() -> bool:
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(["unshare", "-rn", "true"], check=False).returncode
    )


@pytest.mark.models
def test_asking_reaches_nothing_but_this_machine(tmp_path, environment, corpus):
    """In a network of its own where the system allows that; in any case, what is tried is written down."""
    state = tmp_path / "state"
    indexing = [sys.executable, "-m", "ui", "index", str(corpus), "--index", str(state)]
    subprocess.run(indexing, cwd=ROOT, env=environment, check=True, capture_output=True)
    alone = can_be_alone()
    command = [
        *(("unshare", "-rn") if alone else ()),
        sys.executable,
        "-m",
        "tests.trust.offline",
        str(state),
    ]
    ran = subprocess.run(
        [*command, *(["--alone"] if alone else [])],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    told = json.loads(ran.stdout)
    assert told["command"] == told["chat"] == "72 đảng viên"
    assert told["tried"] == []
    assert told["elsewhere"] == []
    assert told["devices"] == (["lo"] if alone else None)


def test_the_watch_sees_what_reaches_out(environment):
    """Otherwise the test above could not fail."""
    program = (
        "import socket, urllib.request\n"
        "for reach in (lambda: urllib.request.urlopen('http://example.org'),\n"
        "              lambda: socket.create_connection(('192.0.2.1', 80)),\n"
        "              lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))):\n"
        "    try: reach()\n"
        "    except OSError: pass\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", program], env=environment, check=True)
    tried = Path(environment["HOIDAP_TRIED"]).read_text(encoding="utf-8").split()
    assert {"example.org", "192.0.2.1"} <= set(tried)


def test_a_folder_on_another_machine_is_told_of(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/share {tmp_path}/far\\040away nfs4 rw 0 0\n", encoding="utf-8"
    )
    assert reaching(folders={"index": tmp_path / "near"}, mounts=mounts) == ()
    (told,) = reaching(folders={"index": tmp_path / "far away" / "state"}, mounts=mounts)
    assert "index" in told and "nfs4" in told
    assert reaching(folders={"index": tmp_path}, mounts=tmp_path / "none") == ()


@pytest.mark.models
def test_the_doctor_tells_versions_checksums_state_and_network(tmp_path, environment, corpus):
    from index.build import build_index

    build_index([corpus], index=tmp_path / "state")
    command = [sys.executable, "-m", "ui", "doctor", "--index", str(tmp_path / "state")]
    told = json.loads(
        subprocess.run([*command, "--json"], cwd=ROOT, env=environment, capture_output=True).stdout
    )
    assert told["network"] == []
    assert told["problem"] is None
    assert told["index"]["articles"] == 5
    shown = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True).stdout.decode()
    assert all(f"{name}  {digest}" in shown for name, digest in told["model_files"].items())
    assert "nothing is looked up or sent" in shown
