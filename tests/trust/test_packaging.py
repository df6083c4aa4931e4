"""The wheel works outside of the repository, the image is what it says, versions are above known advisories."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.trust.test_crashes import can_mount

ROOT = Path(__file__).parent.parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
QUESTION = "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"
pytestmark = pytest.mark.timeout(900)


def pip(*options):
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *map(str, options)], check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    if not (find_spec("hatchling") and find_spec("pip")):
        pytest.skip("hatchling and pip are not installed")
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def site(wheel):
    """The wheel, installed where nothing of the repository is."""
    pip("install", "--no-deps", "--target", wheel.parent / "site", wheel)
    return wheel.parent / "site"


@pytest.fixture
def elsewhere(site, tmp_path):
    """Runs the installed command in an empty folder."""
    (tmp_path / "work").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(site), "HOME": str(tmp_path / "none")}

    def run(*command, status=0):
        ran = subprocess.run(
            [str(part) for part in command],
            cwd=tmp_path / "work",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == status, ran.stderr
        return ran.stdout

    run.environment = environment
    return run


@pytest.mark.trust
def test_a_wheel_holds_the_weights_the_page_and_the_licences(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = subprocess.run(
        ["git", "ls-files", "index", "qa", "ui"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {name for name in kept.stdout.splitlines() if (ROOT / name).is_file()} <= names
    assert {Path(name).name for name in names if "/licenses/" in name} == {
        "LICENSE",
        "THIRD-PARTY-NOTICES.md",
    }
    assert not any(name.startswith(("tests/", "corpus/", "benchmarks/")) for name in names)


@pytest.mark.trust
def test_a_wheel_indexes_and_answers_outside_of_the_repository(elsewhere, site, corpus, tmp_path):
    where = "import index, qa, ui; print(index.__file__, qa.__file__, ui.__file__)"
    assert all(path.startswith(str(site)) for path in elsewhere(sys.executable, "-c", where).split())
    hoidap, state = site / "bin" / "hoidap", tmp_path / "state"
    elsewhere(hoidap, "index", corpus, "--index", state)
    reply = json.loads(elsewhere(hoidap, "ask", QUESTION, "--json", "--index", state))
    assert reply["answers"][0]["text"] == "72 đảng viên"
    told = json.loads(elsewhere(hoidap, "doctor", "--json", "--index", state))
    assert (told["problem"], told["network"]) == (None, [])
    assert told["versions"]["hoidap"] is not None
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.trust
def test_the_chat_serves_on_a_read_only_file_system_and_the_health_check_tells(
    elsewhere, site, corpus, tmp_path
):
    if not can_mount():
        pytest.skip("this system lets nobody but root mount a file system")
    hoidap, state, temporary = site / "bin" / "hoidap", tmp_path / "state", tmp_path / "tmp"
    elsewhere(hoidap, "index", corpus, "--index", state)
    temporary.mkdir()
    read_only = (
        'mount --bind "$1" "$1" && mount -t tmpfs tmpfs "$2" && mount -o remount,bind,ro / && '
        'if touch "$3" 2>/dev/null; then exit 9; fi; shift 3; exec "$@"'
    )
    command = ["unshare", "-rm", "sh", "-c", read_only, "sh", state, temporary, tmp_path / "work" / "a"]
    command += [sys.executable, hoidap, "chat", "--index", state, "--port", "0"]
    environment = {**elsewhere.environment, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        list(map(str, command)), cwd=tmp_path / "work", env=environment, stderr=subprocess.PIPE, text=True
    ) as chat:
        try:
            port = next(
                found[1] for line in chat.stderr if (found := re.search(r"http://127\S+:(\d+)/", line))
            )
            assert healthy(port)
            elsewhere(
                sys.executable,
                "-c",
                "import sys; from gradio_client import Client; "
                f"chat = Client('http://127.0.0.1:{port}/', verbose=False); "
                f"reply = chat.predict({QUESTION!r}, [], None, None, None, api_name='/ask'); "
                "sys.exit(reply['answers'][0]['text'] != '72 đảng viên')",
            )
        finally:
            chat.send_signal(signal.SIGINT)
            said = chat.stderr.read()
    assert "Traceback" not in said
    assert not healthy(port)


def healthy(port) -> bool:
    """What the health check of the image says of a chat at this port."""
    check = json.loads(re.search(r"HEALTHCHECK .*? CMD (\[.*?\])$", DOCKERFILE.replace("\\\n", ""), re.M)[1])
    assert "7860" in check[-1]
    program = [sys.executable, *check[1:-1], check[-1].replace("7860", port)]
    return subprocess.run(program, capture_output=True, timeout=30, check=False).returncode == 0


def test_the_image_runs_as_nobody_in_particular_and_writes_to_its_volume_only():
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", last, re.M)
    assert last.index("USER ") > last.rindex("RUN ")
    assert re.search(r"^VOLUME /state$", last, re.M)
    assert "--auth" in last.rpartition("CMD ")[2]
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for setting in (
        "read_only: true",
        "tmpfs: /tmp",
        "cap_drop: [ALL]",
        "no-new-privileges:true",
        "127.0.0.1:7860",
    ):
        assert setting in compose


def test_what_the_image_copies_is_there_and_sent_to_the_builder():
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M):
        for name in line.split():
            assert (ROOT / name).exists()
            assert f"!{name}" in sent


@pytest.mark.skipif(
    not (Path(sys.executable).with_name("hadolint").exists() or shutil.which("hadolint")),
    reason="hadolint is not installed",
)
def test_the_dockerfile_passes_its_linter():
    beside = Path(sys.executable).with_name("hadolint")
    linter = beside if beside.exists() else shutil.which("hadolint")
    ran = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")


def requirements(text: str) -> list[Requirement]:
    return [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]


CONSTRAINTS = requirements((ROOT / "constraints.txt").read_text(encoding="utf-8"))
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
BOUNDS = [Requirement(found) for found in re.findall(r'^    "([\w.\-\[\]]+>=.+?)",$', PROJECT, re.M)]


def pinned(name: str, python: str) -> Version:
    """The one version that a package has on Linux with this Python."""
    here = {"python_full_version": f"{python}.1", "python_version": python, "sys_platform": "linux"}
    (one,) = (
        one
        for one in CONSTRAINTS
        if one.name == name
        and (one.marker is None or one.marker.evaluate({**here, "platform_machine": "x86_64"}))
    )
    (exact,) = one.specifier
    assert exact.operator == "=="
    return Version(exact.version)


@pytest.mark.parametrize("python", ["3.10", "3.11", "3.12", "3.13"])
def test_one_version_of_each_library_is_named_and_lies_within_its_bounds(python):
    assert len(BOUNDS) > 30
    for bound in BOUNDS:
        assert {one.operator for one in bound.specifier} == {">=", "<"}, f"{bound} has no upper bound"
        if bound.name in ("bm25s", "ray"):  # for measurements and clusters alone
            continue
        assert pinned(bound.name, python) in bound.specifier


@pytest.mark.parametrize("python", ["3.10", "3.13"])
def test_no_version_is_below_a_known_advisory(python):
    """Those of docs/security.md, and Gradio's by the bounds as well."""
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    known = re.findall(r"^\| ([\w.-]+) \| ([\d.]+) \| .*(?:CVE|GHSA)-.* \|$", text, re.M)
    assert len(known) >= 10
    for name, fixed in known:
        assert pinned(name, python) >= Version(fixed), name
    lowest = {bound.name: one for bound in BOUNDS for one in bound.specifier if one.operator == ">="}
    for name, fixed in known:
        if name in lowest:
            assert Version(lowest[name].version) >= Version(fixed), name
    assert Version(lowest["gradio"].version) >= Version("6.31")
