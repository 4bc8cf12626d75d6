"""Keeps a reporter's words out of memory after the request, and all memory out of core dumps.

It imports little, because the public form passes here before it begins anew.
"""

import contextlib
import ctypes
import os
import resource
import sys
from collections.abc import Sequence

PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
# Freed memory is overwritten by the C library and not kept in Python's own pools, so that a reporter's words do not lie
# about after the request. The library's cache of small pieces for each thread is off, because what goes there is not
# overwritten (glibc 2.36: planted words in 69 places with it, in 14 without, which quietword.worker lets go). Two
# arenas keep the workers small.
FORGETFUL_MEMORY = {
    "PYTHONMALLOC": "malloc",
    "MALLOC_PERTURB_": "165",
    "MALLOC_ARENA_MAX": "2",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
}


def forget_freed_memory(arguments: Sequence[str]) -> None:
    """Start this Python again with `arguments` under FORGETFUL_MEMORY, which is read only when a process begins."""
    if not _has_glibc():
        sys.stderr.write("Freed memory is not overwritten here: that promise is kept on Linux with glibc alone.\n")
        return
    if any(os.environ.get(name) != value for name, value in FORGETFUL_MEMORY.items()):
        os.execve(sys.executable, [sys.executable, *arguments], {**os.environ, **FORGETFUL_MEMORY})  # noqa: S606


def keep_out_of_core_dumps() -> None:
    """A crash writes no memory to disk: the limit stops a core file, the flag stops a handler that pipes it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def adopt_orphans() -> None:
    """A child whose parent of ours has ended is waited for here, and not left to whoever runs this machine."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _has_glibc() -> bool:
    try:
        return (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc")
    except ValueError:
        return False
