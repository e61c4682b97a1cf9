"""A ceiling on the memory of this process: RLIMIT_AS on Linux, a job object on Windows."""

import ctypes
import sys
from pathlib import Path

_job: int = 0  # the Windows job object this process was put into


def limit_memory(megabytes: int) -> None:
    """Let this process use at most ``megabytes`` more than now; later calls replace the limit.

    Where the system has no such limit, nothing happens: the time limit remains.
    """
    if sys.platform == "win32":
        _limit_on_windows(megabytes * 1024 * 1024)
    elif sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        wanted = pages * resource.getpagesize() + megabytes * 1024 * 1024
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS,
                           (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def fail_silently() -> None:
    """No core file, no crash window, no console output when this process is killed."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)  # no message box for critical errors and crashes
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


if sys.platform == "win32":
    from ctypes import wintypes

    _PROCESS_MEMORY = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
    _EXTENDED = 9  # JobObjectExtendedLimitInformation

    class _Basic(ctypes.Structure):
        _fields_ = [("per_process_time", ctypes.c_int64), ("per_job_time", ctypes.c_int64),
                    ("flags", wintypes.DWORD), ("least_working_set", ctypes.c_size_t),
                    ("most_working_set", ctypes.c_size_t), ("processes", wintypes.DWORD),
                    ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD),
                    ("scheduling", wintypes.DWORD)]

    class _Extended(ctypes.Structure):
        _fields_ = [("basic", _Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
                    ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t),
                    ("peak_job", ctypes.c_size_t)]

    def _limit_on_windows(size: int) -> None:
        global _job
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p,
                                                   wintypes.DWORD]
        if not _job:
            _job = kernel.CreateJobObjectW(None, None) or 0
            kernel.AssignProcessToJobObject(_job, kernel.GetCurrentProcess())
        limits = _Extended()
        limits.basic.flags = _PROCESS_MEMORY
        limits.process_memory = size
        kernel.SetInformationJobObject(_job, _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits))
