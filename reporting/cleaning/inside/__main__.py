"""The child: one upload in at the standard input, one cleaned copy out at the standard output, and then it is gone.

python -m reporting.cleaning.inside jpeg|png|webp|heic|pdf|none|another
python -m reporting.cleaning.inside try
"""

import os
import sys
from collections.abc import Iterable

from reporting.cleaning.inside.frames import LONGEST_PAYLOAD, Copy, Done, Frame, Refusal, RefusedError, framed
from reporting.cleaning.inside.kinds import HEAD_LENGTH, Kind, Label, check_whole, recognised
from reporting.cleaning.inside.limits import MOST_BYTES, bind_myself

_PIECE = 1 << 16


def main(arguments: list[str]) -> None:
    """Clean what comes in, and say what came of it."""
    bind_myself()
    try:
        _try() if arguments == ["try"] else _clean(Label(arguments[0]))
    except RefusedError as error:
        _say(Frame.REFUSED, error.refusal.value.encode())
    except MemoryError:
        _say(Frame.REFUSED, Refusal.TOO_HARD.value.encode())


def _clean(label: Label) -> None:
    kind, content = _taken_in(label)
    check_whole(content, kind)
    if kind is Kind.PDF:
        from reporting.cleaning.inside.documents import clean_document, pages_of

        done = Done(Copy.PDF, pages_of(content))
        _send(clean_document(content))
    else:
        from reporting.cleaning.inside.pictures import clean_picture

        pieces, done = clean_picture(content, kind)
        _send(pieces)
    _say(Frame.DONE, done.to_bytes())


def _taken_in(label: Label) -> tuple[Kind, bytearray]:
    """The whole upload, in memory; one that is of no kind we take is refused at its first bytes."""
    content = bytearray()
    kind: Kind | None = None
    while piece := os.read(sys.stdin.fileno(), _PIECE):
        content += piece
        if kind is None and len(content) >= HEAD_LENGTH:
            kind = recognised(bytes(content[:HEAD_LENGTH]), label)
        if len(content) > MOST_BYTES:
            raise RefusedError(Refusal.TOO_LARGE)
    return kind or recognised(bytes(content), label), content


def _try() -> None:
    """Show that everything is there that cleaning needs."""
    import pillow_heif
    from PIL import Image, ImageCms

    from reporting.cleaning.inside.documents import pages_of
    from reporting.cleaning.inside.pictures import jpeg
    from reporting.cleaning.inside.written import PictureDocument

    ImageCms.createProfile("sRGB")
    pillow_heif.libheif_version()
    document = PictureDocument()
    page = jpeg(Image.new("RGB", (8, 8)))
    whole = document.begin() + document.page(page, 8, 8) + document.finish()
    _say(Frame.DONE, Done(Copy.PDF, pages_of(bytearray(whole))).to_bytes())


def _send(pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        for at in range(0, len(piece), LONGEST_PAYLOAD):
            _say(Frame.DATA, piece[at : at + LONGEST_PAYLOAD])


def _say(kind: Frame, payload: bytes) -> None:
    sys.stdout.buffer.write(framed(kind, payload))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
