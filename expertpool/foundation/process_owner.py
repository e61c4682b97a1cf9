"""The owner of this process as the operating system knows it (进程所有者), not as the user chooses to be called.

Environment variables such as ``LOGNAME`` or ``USERNAME`` can be set to anything by whoever starts the program.
"""

import sys
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_MACHINE_FILES = ("/etc/machine-id", "/var/lib/dbus/machine-id")


@dataclass(frozen=True, slots=True)
class ProcessOwner:
    """``id`` identifies user and computer permanently (SID or uid, and the machine); ``name`` is for people to
    read."""

    id: str
    name: str


@cache
def process_owner() -> ProcessOwner:
    """The owner of this process. Another computer, or another user of the same name, gives another ``id``."""
    if sys.platform == "win32":
        return _on_windows()
    return _elsewhere()


if sys.platform == "win32":
    import ctypes
    import winreg
    from ctypes import wintypes

    _TOKEN_QUERY, _TOKEN_USER, _NAME_SAM_COMPATIBLE = 0x0008, 1, 2

    def _on_windows() -> ProcessOwner:
        return ProcessOwner(f"{_sid()}@{_machine_guid()}", _account_name())

    def _sid() -> str:
        """The security identifier in the token of this process."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        security = ctypes.WinDLL("advapi32", use_last_error=True)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        security.OpenProcessToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE))
        security.GetTokenInformation.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD,
                                                 ctypes.POINTER(wintypes.DWORD))
        security.ConvertSidToStringSidW.argtypes = (ctypes.c_void_p, ctypes.POINTER(wintypes.LPWSTR))
        kernel.LocalFree.argtypes = (ctypes.c_void_p,)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        token, needed, text = wintypes.HANDLE(), wintypes.DWORD(), wintypes.LPWSTR()
        if not security.OpenProcessToken(kernel.GetCurrentProcess(), _TOKEN_QUERY, ctypes.byref(token)):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            security.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(needed))
            held = ctypes.create_string_buffer(needed.value)
            if not security.GetTokenInformation(token, _TOKEN_USER, held, needed, ctypes.byref(needed)):
                raise ctypes.WinError(ctypes.get_last_error())
            sid = ctypes.cast(held, ctypes.POINTER(ctypes.c_void_p))[0]  # TOKEN_USER begins with a pointer to it
            if not security.ConvertSidToStringSidW(sid, ctypes.byref(text)):
                raise ctypes.WinError(ctypes.get_last_error())
            try:
                return str(text.value)
            finally:
                kernel.LocalFree(ctypes.cast(text, ctypes.c_void_p))
        finally:
            kernel.CloseHandle(token)

    def _machine_guid() -> str:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography", 0,
                            winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])

    def _account_name() -> str:
        size = wintypes.DWORD(256)
        held = ctypes.create_unicode_buffer(size.value)
        if ctypes.WinDLL("secur32").GetUserNameExW(_NAME_SAM_COMPATIBLE, held, ctypes.byref(size)):
            return held.value
        size = wintypes.DWORD(256)
        ctypes.WinDLL("advapi32").GetUserNameW(held, ctypes.byref(size))
        return held.value or "user"
else:
    import os
    import pwd

    def _elsewhere() -> ProcessOwner:
        number = os.geteuid()
        try:
            name = pwd.getpwuid(number).pw_name
        except KeyError:  # in a container a process may run under a number without a user name
            name = f"uid{number}"
        return ProcessOwner(f"uid:{number}@{_machine()}", name)

    def _machine() -> str:
        for path in map(Path, _MACHINE_FILES):
            try:
                if text := path.read_text(encoding="ascii", errors="ignore").strip():
                    return text
            except OSError:
                continue
        return f"{uuid.getnode():012x}"
