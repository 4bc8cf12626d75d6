"""What is kept of a photo or document is what can be seen on it; everything else is refused in a clear sentence."""

import subprocess
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image

from reporting.cleaning.cleaner import Cleaner
from reporting.cleaning.inside.frames import Copy, Refusal
from reporting.cleaning.sentences import SENTENCES
from tests import photos
from tests.sandbox import clean, refusal_of

CANARY = "canary4711"
PLANTED = {
    "jpeg": (photos.jpeg, "image/jpeg", Copy.JPEG),
    "png": (photos.png, "image/png", Copy.PNG),
    "webp": (photos.webp, "image/webp", Copy.JPEG),
    "heic": (photos.heic, "image/heic", Copy.JPEG),
    "pdf": (photos.pdf, "application/pdf", Copy.PDF),
}


def written_in(content: bytes) -> bool:
    """Whether the canary stands in it, plainly or as UTF-16, packed streams of a PDF and a PNG included."""
    spellings = [
        CANARY.encode(),
        CANARY.encode("utf-16-le"),
        CANARY.encode("utf-16-be"),
        CANARY.encode().hex().encode(),
    ]
    return any(spelling in content for spelling in spellings)


@pytest.mark.parametrize("kind", PLANTED)
def test_nothing_that_was_carried_along_is_in_the_cleaned_copy(cleaner: Cleaner, kind: str) -> None:
    make, label, copy = PLANTED[kind]
    upload = make(CANARY)
    assert written_in(upload), "the control: the words are there to be found"
    cleaned, done = clean(cleaner, upload, label)
    assert done.copy is copy
    assert not written_in(cleaned)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "heic"])
def test_a_cleaned_picture_carries_nothing_but_pixels(cleaner: Cleaner, kind: str) -> None:
    make, label, _ = PLANTED[kind]
    cleaned, _ = clean(cleaner, make(CANARY), label)
    with Image.open(BytesIO(cleaned)) as opened:
        opened.load()
        assert opened.size == (320, 200)
        assert opened.mode == "RGB"
        assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not opened.getexif()


def test_a_cleaned_jpeg_has_no_segment_that_could_hold_words(cleaner: Cleaner) -> None:
    cleaned, _ = clean(cleaner, photos.jpeg(CANARY))
    at, markers = 2, []
    while cleaned[at + 1] != 0xDA:
        markers.append(cleaned[at + 1])
        at += 2 + int.from_bytes(cleaned[at + 2 : at + 4], "big")
    assert set(markers) == {0xE0, 0xDB, 0xC0, 0xC4}  # JFIF, tables, frame
    assert cleaned.endswith(b"\xff\xd9")
    assert cleaned.count(b"\xff\xd9") == 1


def test_a_cleaned_png_has_no_chunk_that_could_hold_words(cleaner: Cleaner) -> None:
    cleaned, _ = clean(cleaner, photos.png(CANARY))
    at, chunks = 8, []
    while at < len(cleaned):
        chunks.append(cleaned[at + 4 : at + 8])
        at += 12 + int.from_bytes(cleaned[at : at + 4], "big")
    assert set(chunks) == {b"IHDR", b"IDAT", b"IEND"}


def test_a_cleaned_document_is_pictures_alone(cleaner: Cleaner) -> None:
    cleaned, done = clean(cleaner, photos.pdf(CANARY, pages=3), "application/pdf")
    assert done.pages == 3
    text = subprocess.run(["/usr/bin/pdftotext", "-", "-"], input=cleaned, capture_output=True, check=True)
    assert text.stdout.strip() == b""
    for word in (b"/Info", b"/Author", b"/ID", b"Date", b"/JS", b"/Annots", b"/EmbeddedFile", b"/Metadata", b"/Font"):
        assert word not in cleaned
    said = subprocess.run(["/usr/bin/pdfinfo", "-"], input=cleaned, capture_output=True, check=True)
    assert b"Pages:           3" in said.stdout
    assert said.stderr == b""


def test_the_same_document_gives_the_same_copy(cleaner: Cleaner) -> None:
    """Nothing of the minute, the host or the chance of the day goes into a copy."""
    upload = photos.pdf(pages=2)
    assert clean(cleaner, upload) == clean(cleaner, upload)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_as_its_owner_saw_it(cleaner: Cleaner, orientation: int) -> None:
    cleaned, _ = clean(cleaner, photos.jpeg(orientation=orientation))
    with Image.open(BytesIO(cleaned)) as opened:
        assert opened.size == ((320, 200) if orientation <= 4 else (200, 320))
        red = opened.getpixel((20, 20))
        assert isinstance(red, tuple)
        assert (red[0] > 200 and red[1] < 60) is (orientation in {1, 5})


def test_what_was_see_through_does_not_come_along(cleaner: Cleaner) -> None:
    """Somebody wiped a face out by making it see-through: the colours under it are still in the file."""
    hidden = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    upload = BytesIO()
    hidden.save(upload, "PNG")
    cleaned, _ = clean(cleaner, upload.getvalue())
    with Image.open(BytesIO(cleaned)) as opened:
        assert opened.mode == "RGB"
        assert opened.getcolors() == [(1600, (255, 255, 255))]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_looks_as_before(cleaner: Cleaner, mode: str) -> None:
    cleaned, _ = clean(cleaner, photos.png(mode=mode))
    expected = photos.picture().convert("L")
    near = 20 if mode == "P" else 3  # a palette has few greens
    with Image.open(BytesIO(cleaned)) as opened:
        for corner in ((310, 190),) if mode == "1" else ((10, 10), (310, 10), (10, 190), (310, 190)):
            assert opened.convert("L").getpixel(corner) == pytest.approx(expected.getpixel(corner), abs=near)


def test_only_the_first_picture_of_a_moving_one_is_kept_and_that_is_said(cleaner: Cleaner) -> None:
    cleaned, done = clean(cleaner, photos.webp(frames=3))
    assert done.moving
    with Image.open(BytesIO(cleaned)) as opened:
        assert getattr(opened, "n_frames", 1) == 1
    assert not clean(cleaner, photos.webp())[1].moving


def test_a_photo_of_sixty_four_megapixels_can_be_cleaned_and_turned(cleaner: Cleaner) -> None:
    cleaned, _ = clean(cleaner, photos.jpeg(CANARY, orientation=6, size=(9248, 6936)))
    with Image.open(BytesIO(cleaned)) as opened:
        assert opened.size == (6936, 9248)


def zipped() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inside", "words")
    return out.getvalue()


def deflate_bomb() -> bytes:
    """A document of one page whose contents unpack to gigabytes of drawing."""
    squeezer = zlib.compressobj(1)
    line = b"0 0 m 300 400 l S\n" * 4096
    packed = b"".join(squeezer.compress(line) for _ in range(8_000)) + squeezer.flush()
    head = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    head += b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    page = b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R>>\nendobj\n4 0 obj\n"
    body = b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
    return head + page + body + b"trailer\n<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"


REFUSED = {
    "empty": (lambda: b"", "image/jpeg", Refusal.EMPTY),
    "a moving GIF": (lambda: b"GIF89a" + bytes(200), "image/gif", Refusal.UNKNOWN),
    "a web page": (lambda: b"<html>" + bytes(200), "text/html", Refusal.UNKNOWN),
    "a program called a photo": (lambda: b"MZ" + bytes(200), "image/jpeg", Refusal.MISLABELLED),
    "a web page called a photo": (lambda: b"<html>" + bytes(200), "image/png", Refusal.MISLABELLED),
    "a document called a photo": (photos.pdf, "image/jpeg", Refusal.MISLABELLED),
    "a photo called a web page": (photos.jpeg, "text/html", Refusal.MISLABELLED),
    "a PNG called a JPEG": (photos.png, "image/jpeg", Refusal.MISLABELLED),
    "a photo that is an archive as well": (lambda: photos.jpeg() + zipped(), "image/jpeg", Refusal.TWO_IN_ONE),
    "a document that is an archive as well": (lambda: photos.pdf() + zipped(), "", Refusal.TWO_IN_ONE),
    "a photo that is a document as well": (
        lambda: photos.jpeg(comment=b"%PDF-1.7 obj"),
        "image/jpeg",
        Refusal.TWO_IN_ONE,
    ),
    "a locked document": (lambda: photos.pdf(password="secret"), "application/pdf", Refusal.LOCKED),
    "a document locked against printing": (lambda: photos.pdf(owner="secret"), "application/pdf", Refusal.LOCKED),
    "a document of too many pages": (lambda: photos.pdf(pages=51), "application/pdf", Refusal.TOO_MANY_PAGES),
    "900 megapixels in 109 kB": (lambda: photos.png_of_pixels(30_000, 30_000), "image/png", Refusal.TOO_MANY_PIXELS),
    "66 megapixels": (lambda: photos.png_of_pixels(8_250, 8_000), "image/png", Refusal.TOO_MANY_PIXELS),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_cleaned_is_refused_for_a_reason_of_its_own(cleaner: Cleaner, name: str) -> None:
    make, label, refusal = REFUSED[name]
    assert refusal_of(cleaner, make(), label) == refusal


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_file_that_is_cut_is_refused_as_cut(cleaner: Cleaner, kind: str, kept: float) -> None:
    upload = PLANTED[kind][0]()
    assert refusal_of(cleaner, upload[: int(len(upload) * kept)]) == Refusal.CUT


@pytest.mark.parametrize("kind", ["jpeg", "png", "heic"])
def test_a_file_of_noise_behind_a_good_beginning_is_refused_as_damaged(cleaner: Cleaner, kind: str) -> None:
    upload = PLANTED[kind][0]()[:64] + bytes(range(256)) * 20
    assert refusal_of(cleaner, upload) == Refusal.DAMAGED


def test_a_document_that_unpacks_to_gigabytes_is_ended_at_its_limits(cleaner: Cleaner) -> None:
    bomb = deflate_bomb()
    assert len(bomb) < 10_000_000
    hurried = Cleaner(cleaner._sandbox, seconds=3)
    assert refusal_of(hurried, bomb, "application/pdf") == Refusal.TOO_HARD


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    assert set(SENTENCES) == set(Refusal)
    assert len(set(SENTENCES.values())) == len(Refusal)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())
