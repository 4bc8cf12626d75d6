"""Photos and a document as people send them: with places, cameras, times and names hidden inside."""

import zlib
from io import BytesIO

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from quietword.proof.canaries import Canaries, Kind

SIDE = 48
_EXIF, _GPS = 0x8769, 0x8825
_IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 "
    b"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
)


def _picture(seed: int) -> Image.Image:
    """A small gradient, which no encoder can refuse."""
    picture = Image.new("RGB", (SIDE, SIDE))
    picture.putdata([(x * 5 % 256, y * 5 % 256, seed * 40 % 256) for y in range(SIDE) for x in range(SIDE)])
    return picture


def photo(canaries: Canaries, name: str, seed: int = 1) -> bytes:
    """A JPEG with EXIF (camera, serial number, owner, time, place), XMP, IPTC and a comment."""

    def plant(what: str, shape: str = "{}") -> str:
        return canaries.plant(f"{name}: {what}", Kind.FILE, shape)

    picture = _picture(seed)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = plant("EXIF camera maker"), plant("EXIF camera model")
    exif[0x013B], exif[0x8298] = plant("EXIF artist"), plant("EXIF copyright")
    exif[0x0131] = plant("EXIF software")
    inner = exif.get_ifd(_EXIF)
    inner[0xA431], inner[0xA435] = plant("EXIF serial number"), plant("EXIF lens serial number")
    inner[0xA430] = plant("EXIF owner")
    inner[0x9003] = plant("EXIF time", "2026:11:21 23:41:07 {}")
    inner[0x9286] = b"ASCII\0\0\0" + plant("EXIF comment").encode()
    place = exif.get_ifd(_GPS)
    place[1], place[3] = "N", "W"
    place[2] = (IFDRational(51), IFDRational(30), IFDRational(263, 10))
    place[4] = (IFDRational(0), IFDRational(7), IFDRational(398, 10))
    place[29] = plant("EXIF GPS date", "2026:11:21 {}")
    place[27] = b"ASCII\0\0\0" + plant("EXIF GPS method").encode()
    written = BytesIO()
    picture.save(written, "JPEG", quality=90, exif=exif, comment=plant("JPEG comment").encode())
    return _with_segments(written.getvalue(), _xmp(plant("XMP creator")), _iptc(plant("IPTC by-line")))


def drawing(canaries: Canaries, name: str) -> bytes:
    """A PNG with text chunks, one of them compressed."""
    from PIL.PngImagePlugin import PngInfo

    text = PngInfo()
    text.add_text("Author", canaries.plant(f"{name}: PNG author", Kind.FILE))
    text.add_text("Comment", canaries.plant(f"{name}: PNG comment", Kind.FILE), zip=True)
    written = BytesIO()
    _picture(3).save(written, "PNG", pnginfo=text)
    return written.getvalue()


def document(canaries: Canaries, name: str) -> bytes:
    """A one-page PDF with an author, a title, XMP, and a photo on the page that has metadata of its own."""
    author, title = (canaries.plant(f"{name}: PDF {what}", Kind.FILE) for what in ("author", "title"))
    embedded = photo(canaries, f"{name}: photo in the PDF", 2)
    xmp = _packet(canaries.plant(f"{name}: PDF XMP", Kind.FILE))
    drawn = zlib.compress(b"q 200 0 0 200 50 50 cm /Photo Do Q")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources 8 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        _IMAGE % (SIDE, SIDE, len(embedded), embedded),
        b"<< /Author (%s) /Title (%s) /CreationDate (D:20261121234107Z) >>" % (author.encode(), title.encode()),
        b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (len(xmp), xmp),
        b"<< /XObject << /Photo 5 0 R >> >>",
    ]
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(written))
    )


def _packet(word: str) -> bytes:
    return (
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        f"<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' dc:creator='{word}'/></rdf:RDF></x:xmpmeta>"
        "<?xpacket end='w'?>"
    ).encode()


def _xmp(word: str) -> bytes:
    return _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _packet(word))


def _iptc(word: str) -> bytes:
    line = b"\x1c\x02\x50" + len(word).to_bytes(2, "big") + word.encode()
    line += b"\0" * (len(line) % 2)
    return _segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(line).to_bytes(4, "big") + line)


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def _with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    """Put application segments behind the one that every JPEG begins with."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]
