"""Keeps secrets for this computer's user: by DPAPI on Windows, elsewhere with a key file that only the user can
read."""

import ctypes
import secrets
import sys
from pathlib import Path
from typing import Any

from expertpool.foundation.files import replacing
from expertpool.foundation.problems import EnvironmentProblem
from expertpool.storage.vault import Vault, derived

_ENTROPY = b"expertpool vault"


def kind() -> str:
    """How keys are kept here: ``dpapi`` or ``file``."""
    return "dpapi" if sys.platform == "win32" else "file"


def lock(vault: Vault, folder: Path) -> bytes:
    """The vault's key, encrypted so that only this user on this computer can decrypt it."""
    if sys.platform == "win32":
        return vault.protected(lambda data: _dpapi("CryptProtectData", data))
    return vault.wrapped(_device_key(folder))


def unlock(sealed: bytes, folder: Path) -> Vault | None:
    """The vault again; None for another user or computer."""
    if sys.platform == "win32":
        try:
            return Vault(_dpapi("CryptUnprotectData", sealed))
        except (OSError, ValueError):
            return None
    return Vault.unwrapped(_device_key(folder), sealed)


def _device_key(folder: Path) -> bytes:
    """A key from the user's secret file, made at first use."""
    path = folder / "device.secret"
    if not path.exists():
        write_private(path, secrets.token_bytes(32), fresh=True)
    return derived(path.read_bytes(), "device")


def write_private(path: Path, data: bytes, *, fresh: bool = False) -> None:
    """Write a file that only its owner may read, whole or not at all; with ``fresh`` an existing file is kept.

    Raises ``vault.key_unwritten``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with replacing(path, private=True, fresh=fresh) as draft:
            draft.write_bytes(data)
    except OSError as error:
        raise EnvironmentProblem("vault.key_unwritten", path=path, reason=error.strerror or str(error)) from error


def _dpapi(function: str, data: bytes) -> bytes:  # pragma: no cover - Windows only
    """Call Windows' Data Protection API once, without showing a window."""

    class Blob(ctypes.Structure):
        _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))

    def blob(content: bytes) -> Any:
        return Blob(len(content), ctypes.cast(ctypes.create_string_buffer(content, len(content)),
                                              ctypes.POINTER(ctypes.c_char)))

    windows: Any = getattr(ctypes, "windll")  # noqa: B009 - unknown to the type checker elsewhere
    given, entropy, result = blob(data), blob(_ENTROPY), Blob()
    without_window = 1  # CRYPTPROTECT_UI_FORBIDDEN
    if not getattr(windows.crypt32, function)(ctypes.byref(given), None, ctypes.byref(entropy), None, None,
                                              without_window, ctypes.byref(result)):
        raise OSError(function)
    try:
        return ctypes.string_at(result.data, result.size)
    finally:
        windows.kernel32.LocalFree(ctypes.cast(result.data, ctypes.c_void_p))
