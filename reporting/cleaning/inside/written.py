"""Writes a PDF whose pages are one JPEG each: no date, no producer, no title, and the same bytes for the same pages.

Objects: 1 the catalogue, 2 the list of pages, then three for each page (page, contents, picture).
"""

_LONG_SIDE = 842  # points, as of A4


class PictureDocument:
    """Written piece by piece; it remembers where each object began and no more."""

    def __init__(self) -> None:
        self._at = 0
        self._begins: dict[int, int] = {}
        self._pages = 0

    def begin(self) -> bytes:
        """What stands first."""
        return self._written(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def page(self, jpeg: bytes, width: int, height: int) -> bytes:
        """One page that is this picture, of so many pixels."""
        scale = _LONG_SIDE / max(width, height)
        across, down = f"{width * scale:.2f}", f"{height * scale:.2f}"
        number = 3 + 3 * self._pages
        self._pages += 1
        shown = f"q {across} 0 0 {down} 0 0 cm /P Do Q".encode()
        return b"".join(
            (
                self._object(
                    number,
                    f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across} {down}]/Contents {number + 1} 0 R"
                    f"/Resources<</XObject<</P {number + 2} 0 R>>>>>>".encode(),
                ),
                self._stream(number + 1, "", shown),
                self._stream(
                    number + 2,
                    f"/Type/XObject/Subtype/Image/Width {width}/Height {height}"
                    "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
                    jpeg,
                ),
            )
        )

    def finish(self) -> bytes:
        """The list of pages, the catalogue, and where everything is."""
        kids = " ".join(f"{3 + 3 * page} 0 R" for page in range(self._pages))
        ending = self._object(2, f"<</Type/Pages/Kids[{kids}]/Count {self._pages}>>".encode())
        ending += self._object(1, b"<</Type/Catalog/Pages 2 0 R>>")
        begins = "".join(f"{at:010d} 00000 n \n" for _, at in sorted(self._begins.items()))
        size = len(self._begins) + 1
        table = f"xref\n0 {size}\n0000000000 65535 f \n{begins}"
        return ending + f"{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{self._at}\n%%EOF\n".encode()

    def _object(self, number: int, body: bytes) -> bytes:
        self._begins[number] = self._at
        return self._written(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _stream(self, number: int, entries: str, data: bytes) -> bytes:
        head = f"<<{entries}/Length {len(data)}>>".encode()
        return self._object(number, b"%b\nstream\n%b\nendstream" % (head, data))

    def _written(self, data: bytes) -> bytes:
        self._at += len(data)
        return data
