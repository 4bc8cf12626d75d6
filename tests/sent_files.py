"""Photos sent along with a report, as the public form stores them: sealed pieces, and what the report says of each."""

from collections.abc import Iterable
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from envelope.file import FileSealer
from envelope.report import MediaType, PartReference
from store.dropbox import Dropbox, Part
from tests.desk_work import unsealed
from tests.force import Force


def picture(width: int = 320, height: int = 200, words: str = "a van", *, noisy: bool = False) -> bytes:
    """A small picture of a few shapes; `noisy` makes one that hardly compresses, for more than one piece."""
    image = (
        Image.effect_noise((width, height), 90).convert("RGB") if noisy else Image.new("RGB", (width, height), "teal")
    )
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 80, 240, 150), fill="white")
    draw.ellipse((60, 130, 100, 170), fill="black")
    draw.ellipse((180, 130, 220, 170), fill="black")
    draw.text((60, 100), words, fill="black")
    kept = BytesIO()
    image.save(kept, "JPEG", quality=90)
    return kept.getvalue()


def attach(
    force: Force, content: bytes, media_type: MediaType = MediaType.JPEG, *, only: Iterable[int] | None = None
) -> PartReference:
    """Store the sealed pieces of a file, all or `only` those of these numbers; gives what a report says of it."""
    sealer = FileSealer()
    pieces = list(sealer.write(content))
    last, reference = sealer.finish(media_type)
    pieces += last
    wanted = range(len(pieces)) if only is None else only
    for sequence in wanted:
        part = Part(reference.file_id, sequence, pieces[sequence], force.today)
        Dropbox(force.drop).append_part(part)
    return reference


def report_with(force: Force, *parts: PartReference, what: str = "Look at the van in this picture.") -> UUID:
    """A report that names these files, sent, collected with them and opened; gives its id."""
    force.send(what, files=parts)
    return unsealed(force)[-1]
