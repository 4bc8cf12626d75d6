"""Draws the pictures and the document that three of Millbrook's reports bring along: shapes, nobody's photograph."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (960, 640)


@dataclass(frozen=True)
class Drawing:
    """One file as a form would bring it."""

    content_type: str
    content: bytes = field(repr=False)
    named: bool = True

    def pieces(self) -> Iterator[bytes]:
        yield self.content


def drawn(name: str) -> Drawing:
    """The drawing of this name; raises KeyError where reports.json names one that is not here."""
    content_type, draw = DRAWINGS[name]
    image = Image.new("RGB", SIZE, "#9fb4bf")
    draw(ImageDraw.Draw(image))
    kept = BytesIO()
    image.save(kept, "PDF" if content_type == "application/pdf" else "JPEG", quality=85)
    return Drawing(content_type, kept.getvalue())


def _car(draw: ImageDraw.ImageDraw) -> None:
    """A white car before three lock-ups."""
    draw.rectangle((0, 430, 960, 640), fill="#5c5f61")
    for left in (60, 360, 660):
        draw.rectangle((left, 170, left + 240, 430), fill="#7c4f3a", outline="#3d2a20", width=6)
        draw.rectangle((left + 30, 230, left + 210, 430), fill="#3f5a49")
    draw.polygon(((250, 470), (330, 390), (610, 390), (700, 470)), fill="#e9ecec")
    draw.polygon(((310, 468), (360, 405), (460, 405), (460, 468)), fill="#2d3a40")
    draw.rounded_rectangle((190, 465, 770, 560), 24, fill="#f4f6f6")
    for left in (270, 600):
        draw.ellipse((left, 515, left + 100, 615), fill="#17191a")
        draw.ellipse((left + 30, 545, left + 70, 585), fill="#9aa0a3")


def _fire(draw: ImageDraw.ImageDraw) -> None:
    """Smoke over a field."""
    draw.rectangle((0, 420, 960, 640), fill="#6d7a45")
    for step, grey in enumerate(("#3c3c3c", "#4a4a4a", "#5b5b5b", "#6d6d6d")):
        left, top = 380 + step * 60, 330 - step * 90
        draw.ellipse((left, top, left + 240, top + 180), fill=grey)
    draw.polygon(((360, 470), (430, 330), (470, 410), (520, 310), (590, 470)), fill="#d9822b")
    for left in range(330, 640, 70):
        draw.ellipse((left, 440, left + 90, 510), fill="#1d1d1d", outline="#444444", width=8)


def _note(draw: ImageDraw.ImageDraw) -> None:
    """A page of a notebook."""
    draw.rectangle((120, 40, 840, 620), fill="#fbf7e6", outline="#b9ad97", width=4)
    lines = (
        "Thursday, Alder Street",
        "no. 12    £40",
        "no. 15    £60    owes 2 weeks",
        "no. 31    £25",
        "C. pays double",
    )
    for place, line in enumerate(lines):
        draw.line((160, 150 + place * 90, 800, 150 + place * 90), fill="#9fb4bf", width=2)
        draw.text((180, 105 + place * 90), line, fill="#1d3557", font_size=34)


DRAWINGS: dict[str, tuple[str, Callable[[ImageDraw.ImageDraw], None]]] = {
    "car": ("image/jpeg", _car),
    "fire": ("image/jpeg", _fire),
    "note": ("application/pdf", _note),
}
