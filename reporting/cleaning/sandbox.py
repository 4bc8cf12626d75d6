"""The sandbox a file is decoded in: bubblewrap, with no network, nothing to read but programs, and nowhere to write."""

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from reporting.cleaning.inside.documents import PDFINFO, PDFTOPPM
from reporting.cleaning.inside.frames import Frame, FrameReader

INSIDE = "reporting.cleaning.inside"
SECONDS_TO_TRY = 20
_NOBODY = "65534"
_FOLDERS = ("/usr/lib", "/usr/lib64", "/lib", "/lib64")
# Documents name fonts that they do not carry: these say which of the machine's stand in.
_FONTS = (
    "/etc/fonts",
    "/usr/share/fonts",
    "/usr/share/fontconfig",
    "/usr/share/poppler",
    "/var/cache/fontconfig",
    "/etc/ld.so.cache",
)
_PROGRAM, _PACKAGES = "/program", "/packages"
_ENVIRONMENT = {
    "PYTHONPATH": f"{_PROGRAM}:{_PACKAGES}",
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",  # an arena for each thread would eat the address space that the picture needs
}


class NoSandboxError(Exception):
    """There is no sandbox here; the message says what is missing."""


@dataclass(frozen=True)
class Sandbox:
    """A way to start the child. `command` is everything before the child's own arguments."""

    command: tuple[str, ...]

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A child with pipes for what goes in and comes out; it inherits nothing else, and dies when we do.

        Raises:
            OSError: it could not be started.
        """
        return subprocess.Popen(  # noqa: S603 - our own command, without a shell and without a word of a stranger's
            [*self.command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            bufsize=0,
        )


def tried_sandbox() -> Sandbox:
    """A sandbox that was just seen to work: the child really ran in it and found all that it needs.

    Raises:
        NoSandboxError: with the sentence that says what is missing.
    """
    if sys.platform != "linux":
        raise NoSandboxError("Photos and documents can be cleaned on Linux alone.")
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise NoSandboxError("bubblewrap is missing (Debian: apt-get install bubblewrap).")
    if not (Path(PDFTOPPM).exists() and Path(PDFINFO).exists()):
        raise NoSandboxError("poppler-utils is missing (Debian: apt-get install poppler-utils).")
    sandbox = Sandbox((bwrap, *_walls(), "--", *_python(), "-m", INSIDE))
    try:
        child = sandbox.start("try")
        said, _ = child.communicate(timeout=SECONDS_TO_TRY)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSandboxError("bubblewrap could not be started.") from error
    try:
        works = [kind for kind, _ in FrameReader().feed(said)] == [Frame.DONE]
    except ValueError:
        works = False
    if child.returncode != 0 or not works:
        raise NoSandboxError(
            "bubblewrap cannot make a sandbox here: allow user namespaces "
            "(sysctl kernel.unprivileged_userns_clone=1, or an AppArmor profile for bwrap)."
        )
    return sandbox


def _walls() -> list[str]:
    walls = ["--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session", "--clearenv"]
    walls += ["--cap-drop", "ALL", "--uid", _NOBODY, "--gid", _NOBODY, "--hostname", "cleaning"]
    for folder in _FOLDERS:
        walls += ["--symlink", str(Path(folder).readlink()), folder] if Path(folder).is_symlink() else _bound(folder)
    for path in (*_FONTS, PDFTOPPM, PDFINFO, *_python_folders()):
        walls += _bound(path)
    walls += ["--ro-bind", str(Path(__file__).parent / "inside"), f"{_PROGRAM}/{INSIDE.replace('.', '/')}"]
    for package in _packages():
        walls += ["--ro-bind", str(package), f"{_PACKAGES}/{package.name}"]
    for name, value in _ENVIRONMENT.items():
        walls += ["--setenv", name, value]
    # Last, when everything has its place: then nothing anywhere can be written.
    return [*walls, "--chdir", "/", "--remount-ro", "/"]


def _bound(path: str) -> list[str]:
    return ["--ro-bind-try", path, path]


def _python() -> list[str]:
    """The interpreter, not the one of a virtual environment, which would look for its packages."""
    return [os.path.realpath(sys.executable), "-B", "-s", "-S", "-P"]


_LIBRARIES = ("stdlib", "platstdlib")


def _python_folders() -> list[str]:
    """Where the interpreter, its library and its modules are, and no package that stands beside them."""
    # In a virtual environment `platstdlib` is that environment's own folder, with every package of ours in it.
    own = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    paths = {os.path.realpath(sys.executable), *(sysconfig.get_path(name, vars=own) for name in _LIBRARIES)}
    library, folder = sysconfig.get_config_var("INSTSONAME"), sysconfig.get_config_var("LIBDIR")
    if library and folder:
        paths.add(str(Path(folder) / library))
    return sorted(path for path in paths if path and not path.startswith("/usr/lib/"))


def _packages() -> list[Path]:
    """Pillow and its plugin for HEIC, with the libraries that their wheels carry; nothing else of ours."""
    found: list[Path] = []
    for name in ("PIL", "pillow_heif", "_pillow_heif"):
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise NoSandboxError("Pillow or pillow-heif is missing: install them.")
        origin = Path(spec.origin)
        found.append(origin.parent if origin.name == "__init__.py" else origin)
    site = found[0].parent
    return [*found, *(site / name for name in ("pillow.libs", "pillow_heif.libs") if (site / name).is_dir())]
