"""Whether a file is in a network folder, where SQLite's locks cannot be trusted."""

import sys
from pathlib import Path

REMOTE_KINDS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "ncpfs", "davfs"}


def is_network_path(path: Path) -> bool:
    """True for UNC paths, mapped remote drives (Windows) and network mounts (Linux)."""
    text = str(path)
    unc = text.startswith(("\\\\", "//")) and not text.startswith("\\\\?\\")
    if unc or text.startswith("\\\\?\\UNC"):
        return True
    resolved = path.resolve()  # follow links and mapped folders
    if str(resolved).startswith("\\\\") and not str(resolved).startswith("\\\\?\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE
        return bool(ctypes.windll.kernel32.GetDriveTypeW(resolved.anchor) == remote)
    return _mount_kind(resolved) in REMOTE_KINDS


def _mount_kind(path: Path) -> str:
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _device, where, what = line.split()[:3]
        inside = str(path) == where or str(path).startswith(where.rstrip("/") + "/")
        if inside and len(where) >= len(best):
            best, kind = where, what
    return kind
