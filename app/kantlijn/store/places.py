"""What kind of place a project lies in: a network drive wants another way of writing, without shared memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
"""Where Linux tells what is mounted; elsewhere it does not exist, and every place counts as local."""
_NETWORK = frozenset((
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "ncpfs", "9p", "ceph", "glusterfs",
    "davfs", "webdav", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.glusterfs",
    "fuse.curlftpfs", "fuse.s3fs", "fuse.ceph",
))  # fmt: skip
_CLOUD = ("dropbox", "onedrive", "google drive", "nextcloud", "owncloud", "icloud drive")


def is_network(path: Path, mounts: Path | None = None) -> bool:
    """Whether the file lies on a drive of another machine, as far as this system tells."""
    real = os.path.realpath(path)
    if sys.platform == "win32":
        return real.startswith("\\\\")
    best, kind = -1, ""
    for place, name in _mounted(mounts or MOUNTS):
        if (real == place or real.startswith(place.rstrip("/") + "/")) and len(place) >= best:
            best, kind = len(place), name
    return kind in _NETWORK


def is_synchronised(path: Path) -> bool:
    """Whether a folder above is one that some program copies to a cloud, by its name."""
    parts = (part.lower() for part in Path(os.path.realpath(path)).parts[:-1])
    return any(part == name or part.startswith(f"{name} ") for part in parts for name in _CLOUD)


def _mounted(mounts: Path) -> list[tuple[str, str]]:
    """(folder, type), in the order in which they were mounted: a later one hides an earlier."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    cells = (line.split(" ") for line in lines)
    return [(_plain(row[1]), row[2]) for row in cells if len(row) > 2]


def _plain(written: str) -> str:
    """Spaces and the like stand there as numbers behind a backslash."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        written = written.replace(code, letter)
    return written
