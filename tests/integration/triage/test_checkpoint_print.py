"""The print-out of a checkpoint: its picture says what the text below it says, and still would of a log far longer."""

import base64
import re
from io import BytesIO

import segno
from PIL import Image

from envelope.signing import SigningKey
from tests.force import Force, client_for
from tests.pages import PageClient, text_of
from triage.audit.checkpoints import Checkpoint
from triage.audit.notes import read_note, sign_note
from triage.officers.witness import system_verifying_key

SCALE, QUIET_ZONE = 3, 4  # pixels a module; modules around it, as ISO/IEC 18004 asks
LINES = 20_000_000
PHONE_READS = 11  # version 11 is 61 modules a side, 6 cm in print: at level M a seventh of it may be soiled


def modules_of(picture: bytes) -> list[list[bool]]:
    """Which modules of a picture are dark, without the quiet zone, which must be light; every pixel is looked at."""
    image = Image.open(BytesIO(picture)).convert("L")
    side = image.width // SCALE
    assert image.size == (side * SCALE, side * SCALE)
    rows = []
    for row in range(side):
        modules = []
        for column in range(side):
            box = (column * SCALE, row * SCALE, (column + 1) * SCALE, (row + 1) * SCALE)
            [(_, shade)] = image.crop(box).getcolors() or []
            modules.append(shade == 0)
        rows.append(modules)
    inner = slice(QUIET_ZONE, -QUIET_ZONE)
    assert not any(any(row) for row in [*rows[:QUIET_ZONE], *rows[-QUIET_ZONE:]])
    assert not any(row[:QUIET_ZONE] + row[-QUIET_ZONE:] != [False] * 2 * QUIET_ZONE for row in rows)
    return [row[inner] for row in rows[inner]]


def picture_of(page: PageClient) -> bytes:
    [image] = page.root.findall(".//main//img")
    assert image.get("alt") == "A QR code of the text below"
    found = re.fullmatch(r"data:image/png;base64,(.*)", image.get("src", ""))
    assert found is not None
    return base64.b64decode(found.group(1), validate=True)


def test_the_picture_says_the_very_text_that_stands_below_it_and_that_a_witness_takes(force: Force) -> None:
    iris = client_for(force, "iris")
    iris.page("/audit/checkpoint")
    [shown] = iris.root.findall(".//main//pre/code")
    text = "".join(shown.itertext())
    note = read_note(text, system_verifying_key(force.settings))
    assert note.checkpoint.size > 0
    assert text_of(shown).startswith("quietword/audit/")
    wanted = [[bool(one) for one in row] for row in segno.make_qr(note.text, error="m").matrix]
    assert modules_of(picture_of(iris)) == wanted


def test_the_checkpoint_of_twenty_million_lines_fits_into_one_that_a_phone_reads() -> None:
    text = sign_note(Checkpoint(LINES, bytes(range(32))), SigningKey.generate()).text
    code = segno.make_qr(text, error="m")
    assert isinstance(code.version, int)
    assert code.version <= PHONE_READS
