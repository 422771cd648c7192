"""Where a file may lie: a network file system cannot lock one safely."""

from __future__ import annotations

from pathlib import Path

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "sshfs"}


def is_network_filesystem(path: Path) -> str:
    """The kind of network file system that holds `path`, or an empty text."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    real = str(path.resolve())
    best, kind = "", ""
    for row in mounts.splitlines():
        parts = row.split()
        if len(parts) < 3:
            continue
        at = parts[1].replace("\\040", " ")
        inside = real == at or real.startswith(at.rstrip("/") + "/")
        if inside and len(at) >= len(best):
            best, kind = at, parts[2]
    return kind if kind in _NETWORK or kind.startswith("fuse") else ""
