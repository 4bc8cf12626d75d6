"""Photos and documents for tests, as telephones make them, with words planted wherever such a file can carry them."""

import zlib
from io import BytesIO

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin


def picture(width: int = 320, height: int = 200, mode: str = "RGB") -> Image.Image:
    """A picture whose corners differ: red, green, blue and white."""
    drawn = Image.new("RGB", (width, height), "grey")
    draw = ImageDraw.Draw(drawn)
    half, middle = width // 2, height // 2
    for corner, colour in (((0, 0), "red"), ((half, 0), "green"), ((0, middle), "blue"), ((half, middle), "white")):
        draw.rectangle((*corner, corner[0] + half, corner[1] + middle), fill=colour)
    if mode == "I;16":
        return Image.frombytes(
            mode, drawn.size, b"".join(bytes((value, value)) for value in drawn.convert("L").tobytes())
        )
    return drawn.convert(mode)


def exif(words: str, *, orientation: int = 1) -> Image.Exif:
    """Exif with these words in the place, the camera, its serial number, its owner, the time and a comment."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    for tag in (0x010F, 0x0110, 0x0131, 0x013B, 0x8298, 0x0132):
        tags[tag] = f"{words}-{tag:x}"
    inner = tags.get_ifd(0x8769)
    for tag in (0xA430, 0xA431, 0xA435, 0x9003, 0x9291):
        inner[tag] = f"{words}-{tag:x}"
    place = tags.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (51.0, 30.0, 12.0), "W", (0.0, 7.0, 39.0)
    place[0x1D] = f"{words}-gps"
    return tags


def profile(words: str) -> bytes:
    """A colour profile with these words in its description."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tag = words.encode()
    at = made.find(b"s\0R\0G\0B")
    if at < 0:
        at = len(made) - len(tag)
    made[at : at + len(tag)] = tag[: len(made) - at]
    return bytes(made)


def xmp(words: str) -> bytes:
    """An XMP packet."""
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"<rdf:Description>{words}-xmp</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def jpeg(words: str = "", *, orientation: int = 1, size: tuple[int, int] = (320, 200), **options: object) -> bytes:
    """A JPEG with words in Exif, XMP, IPTC, the profile, a comment, and behind its end, as telephones put them."""
    out = BytesIO()
    carried: dict[str, object] = {}
    if words or orientation != 1:
        carried["exif"] = exif(words or "none", orientation=orientation)
    if words:
        carried |= {"icc_profile": profile(f"{words}-icc"), "xmp": xmp(words), "comment": f"{words}-comment".encode()}
    picture(*size).save(out, "JPEG", **carried, **options)  # type: ignore[arg-type]  # Pillow takes what a format takes
    whole = out.getvalue()
    if words:
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + (f"{words}-iptc").encode().rjust(4, b"\0")
        segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
        whole = whole[:2] + segment + whole[2:] + f"MotionPhoto {words}-behind".encode()
    return whole


def png(words: str = "", *, mode: str = "RGB", size: tuple[int, int] = (320, 200)) -> bytes:
    """A PNG with words in its text chunks, Exif and profile."""
    out, notes = BytesIO(), PngImagePlugin.PngInfo()
    carried: dict[str, object] = {}
    if words:
        notes.add_text("Author", f"{words}-text")
        notes.add_text("Comment", f"{words}-ztxt", zip=True)
        notes.add_itxt("XML:com.adobe.xmp", f"{words}-xmp")
        carried = {"exif": exif(words), "icc_profile": profile(f"{words}-icc")}
    picture(*size, mode).save(out, "PNG", pnginfo=notes, **carried)
    return out.getvalue()


def webp(words: str = "", *, frames: int = 1) -> bytes:
    """A WebP, moving when it has more than one frame."""
    out = BytesIO()
    carried = {"exif": exif(words).tobytes(), "icc_profile": profile(words), "xmp": xmp(words)} if words else {}
    more = [picture(mode="RGB").rotate(90 * number) for number in range(1, frames)]
    picture().save(out, "WEBP", save_all=frames > 1, append_images=more, **carried)  # type: ignore[arg-type]
    return out.getvalue()


def heic(words: str = "") -> bytes:
    """A HEIC as telephones make it."""
    import pillow_heif

    out = BytesIO()
    carried = {"exif": exif(words).tobytes(), "xmp": xmp(words)} if words else {}
    pillow_heif.from_pillow(picture()).save(out, quality=80, **carried)
    return out.getvalue()


def pdf(words: str = "", *, pages: int = 1, password: str = "", owner: str = "") -> bytes:
    """A document with an author, a script, an attachment, a hidden layer's text and a photo inside that has Exif."""
    import pikepdf

    made = pikepdf.new()
    for number in range(pages):
        made.add_blank_page(page_size=(300, 400))
        content = (
            f"BT /F 24 Tf 20 300 Td (Page {number + 1}) Tj 3 Tr ({words}-hidden) Tj ET q 200 0 0 125 20 20 cm /P Do Q"
        )
        photo = pikepdf.Stream(made, jpeg(words))
        photo.Type, photo.Subtype, photo.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
        photo.Width, photo.Height, photo.BitsPerComponent = 320, 200, 8
        photo.ColorSpace = pikepdf.Name.DeviceRGB
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        made.pages[number].Contents = made.make_stream(content.encode())
        made.pages[number].Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=font), XObject=pikepdf.Dictionary(P=photo)
        )
    if words:
        made.docinfo["/Author"] = f"{words}-author"
        made.docinfo["/Producer"] = f"{words}-producer"
        made.attachments[f"{words}.txt"] = f"{words}-attached".encode()
        made.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{words}-script')")
        )
    out = BytesIO()
    locked = pikepdf.Encryption(user=password, owner=owner or password) if password or owner else False
    made.save(out, encryption=locked)
    return out.getvalue()


def png_of_pixels(width: int, height: int) -> bytes:
    """A small PNG of very many pixels: they are all black, and squeezed a thousandfold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\x00\x00\x00\x00"
    squeezer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    squeezed = b"".join(squeezer.compress(row) for _ in range(height)) + squeezer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", squeezed) + chunk(b"IEND", b"")
