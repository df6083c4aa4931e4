"""What of a configuration would reach another machine.

The product itself looks nothing up and sends nothing: models come from the package or this machine, the chat turns
Gradio's analytics off.  What is left is where its folders lie.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_REMOTE = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.s3fs",
)


def reaching(*, folders: Mapping[str, Path], mounts: Path = Path("/proc/self/mounts")) -> tuple[str, ...]:
    """A sentence for each folder that lies on another machine; on other systems than Linux only what names one.

    :param folders: what is read and written, by what it is called.
    :param mounts: the system's table of file systems.
    """
    table = _table(mounts)
    told = []
    for name, folder in folders.items():
        place = folder.absolute()
        kinds = [kind for mount, kind in table if place.is_relative_to(mount)]
        kind = "another machine" if str(folder).startswith("\\\\") else kinds[-1] if kinds else ""
        if kind.startswith(_REMOTE) or kind == "another machine":
            told.append(f"The {name} {folder} lies on a network ({kind}): keep it on a disk of this machine.")
    return tuple(told)


def _table(mounts: Path) -> list[tuple[Path, str]]:
    """Where file systems are mounted and of what kind they are, the outermost first."""
    if not mounts.is_file():
        return []
    rows = (line.split(" ") for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines())
    table = [(Path(row[1].replace("\\040", " ")), row[2]) for row in rows if len(row) > 2]
    return sorted(table, key=lambda row: len(row[0].parts))
