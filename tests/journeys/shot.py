"""One picture of a page, with a palette so that a repository can keep it."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.browser import PHONE, Screen, Size

LARGEST = 160_000  # bytes of one picture
WIDE = (1120, 860)
TALLEST = {WIDE[0]: 1500, PHONE[0]: 4000}  # pixels: what is further down is cut, so that a picture is one to look at
COLOURS, COLOURS_OF_SHEETS, COLOURS_OF_PICTURES = 24, 8, 96  # a page of text needs few, and the edges of letters fewer
GAP = 16  # pixels between pages that stand side by side


@dataclass(frozen=True)
class Shot:
    """One picture by its name, small enough for a repository."""

    name: str
    image: Image.Image
    colours: int = COLOURS


def shot(name: str, screen: Screen, *, colours: int = COLOURS) -> Shot:
    return Shot(name, picture_of(screen), colours)


def picture_of(screen: Screen) -> Image.Image:
    """The page as far down as it is worth looking."""
    before: Size = PHONE
    if screen.page.viewport_size is not None:
        before = screen.page.viewport_size["width"], screen.page.viewport_size["height"]
    width = before[0]
    height = min(TALLEST[width], int(screen.page.evaluate("document.body.scrollHeight")))
    screen.page.set_viewport_size({"width": width, "height": height})
    taken = Image.open(BytesIO(screen.page.screenshot())).convert("RGB")
    screen.page.set_viewport_size({"width": before[0], "height": before[1]})
    return taken


def side_by_side(pages: tuple[Image.Image, ...]) -> Image.Image:
    width = sum(page.width for page in pages) + GAP * (len(pages) - 1)
    sheet = Image.new("RGB", (width, max(page.height for page in pages)), "white")
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width + GAP
    return sheet


def keep(taken: Shot, folder: Path) -> str:
    """Write one picture with a palette, and say how large it is."""
    path = folder / f"{taken.name}.png"
    few = with_commonest_colours(taken.image, taken.colours)
    few.save(path, optimize=True)
    size = path.stat().st_size
    too_large = "  TOO LARGE" if size > LARGEST else ""
    return f"{path.name}  {few.width} × {few.height}  {size:,} bytes{too_large}"


def with_commonest_colours(image: Image.Image, most: int) -> Image.Image:
    """Each colour as the nearest of those that cover most of the page: what means something, as a red button does,
    keeps its own, which an average of colours would not leave it."""
    found = sorted(image.getcolors(image.width * image.height) or (), reverse=True)[:most]
    flat = [value for _, colour in found for value in colour]  # type: ignore[union-attr]  # RGB, so triples
    palette = Image.new("P", (1, 1))
    palette.putpalette(flat + flat[:3] * (256 - len(found)))
    return image.quantize(palette=palette, dither=Image.Dither.NONE)
