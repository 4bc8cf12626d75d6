"""What one cleaning may use, and how it binds itself to that before it has read a byte of anybody's."""

import resource

MEBIBYTE = 1 << 20

MOST_BYTES = 100 * MEBIBYTE
# The largest photo of a telephone of today is 64 megapixels unless its owner asks for more; three bytes a pixel,
# and turning it takes as much again.
MOST_PIXELS = 65_000_000
MOST_PAGES = 50
LONG_SIDE_OF_A_PAGE = 2000  # pixels: an A4 page at 170 to the inch, on which small print is still read

MEMORY = 1024 * MEBIBYTE  # address space of each process inside
SECONDS_OF_CPU = 30  # of each process inside
MOST_OPEN_FILES = 64
MOST_PROCESSES = 16  # with threads; the kernel does not count those of root


def bind_myself() -> None:
    """Give up, for this process and those it starts, everything above the limits."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS_OF_CPU),
        (resource.RLIMIT_NOFILE, MOST_OPEN_FILES),
        (resource.RLIMIT_NPROC, MOST_PROCESSES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
