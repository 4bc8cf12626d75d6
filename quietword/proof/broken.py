"""Requests that no browser sends, or none that works: stale pages, over-long bodies, broken parts, plain noise."""

import gzip
import zlib
from urllib.parse import urlencode

from quietword.proof.canaries import Canaries, Kind
from quietword.proof.visitor import FORM, Visitor, multipart

TURN = "broken requests"
OVER_LONG = 1_300_000

# Each carries one word wherever {} stands.
_NOISE = {
    "a header that is none": "GET / HTTP/1.1\r\nHost: x\r\nBad header {}\r\n\r\n",
    "a line of nonsense": "{} nonsense\r\n\r\n",
    "a method nobody knows": "{} / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a version nobody knows": "GET / HTTP/{}\r\nHost: x\r\n\r\n",
    "a header that is too long": "GET / HTTP/1.1\r\nHost: x\r\nX-Long: {LONG}\r\n\r\n",
    "a request line that is too long": "GET /?{LONG} HTTP/1.1\r\nHost: x\r\n\r\n",
    "too many headers": "GET / HTTP/1.1\r\nHost: x\r\n{HEADERS}\r\n",
    "a body that is cut off": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\nContent-Type: "
    + FORM
    + "\r\n\r\nwhat={}",
    "a chunk that is none": "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ{}\r\n{}",
    "a length that is none": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -{}\r\n\r\n{}",
    "two requests at once": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    "0\r\n\r\nGET /{} HTTP/1.1\r\n\r\n",
    "a host nobody knows": "GET / HTTP/1.1\r\nHost: {}.example\r\nConnection: close\r\n\r\n",
    "a wish to speak otherwise": "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: {}\r\nConnection: Upgrade, close\r\n\r\n",
}

REFUSED_AFTERWARDS = 64


def ask_brokenly(visitor: Visitor, canaries: Canaries) -> None:
    """Send all of it, and note what was answered."""
    _stale_and_lost(visitor, canaries)
    _bodies(visitor, canaries)
    _parts(visitor, canaries)
    for name, shape in _NOISE.items():
        word = canaries.plant(f"{name} ({TURN})", Kind.BROKEN)
        raw = shape.replace("{LONG}", word * 400).replace("{}", word)
        raw = raw.replace("{HEADERS}", "".join(f"X-{word}-{number}: 1\r\n" for number in range(120)))
        visitor.tell(raw.encode())
    _proxy_line(visitor, canaries)
    canaries.sent(*(canary.name for canary in canaries if canary.name.endswith(f"({TURN})")))


def refuse_something_else(visitor: Visitor) -> None:
    """Send what a proxy refuses, with nothing of anybody in it, to each of its workers.

    nginx reads what is left of a request that it refuses onto its stack, 4 KiB at a time, and the last of it lies there
    until it refuses another; the report says so (`NEVER_CHECKED`).
    """
    for _ in range(REFUSED_AFTERWARDS):
        visitor.tell(b"GET /?" + b"x" * 32_768 + b" HTTP/1.1\r\nHost: x\r\n\r\n")


def _stale_and_lost(visitor: Visitor, canaries: Canaries) -> None:
    def plant(name: str, kind: Kind, shape: str = "{}") -> str:
        return canaries.plant(f"{name} ({TURN})", kind, shape)

    page = visitor.get()
    page.hidden = dict.fromkeys(page.hidden, plant("a page state that is not ours", Kind.BROKEN, "{}AAAA"))
    visitor.press(page, "continue", {"what": plant("words on a stale page", Kind.WORDS, "Kornblume {} é")})
    visitor.get(plant("an address that is none", Kind.TRAIL, "/nobody-home-{}"))
    visitor.get(plant("an address with a word in URL coding", Kind.TRAIL, "/%E2%80%A6{}%00"))
    visitor.request("PUT", "/", plant("a body that was put", Kind.BROKEN).encode())
    visitor.request("OPTIONS", plant("an address that was asked about", Kind.TRAIL, "/{}"))
    page = visitor.press(visitor.get(), "continue")
    visitor.press(page, plant("a button that is none", Kind.BROKEN), {"what": plant("words with it", Kind.WORDS)})
    visitor.press(page, "continue", {"what": plant("words with NULs", Kind.WORDS, "before\0{}\0after")})
    visitor.press(page, "continue", {"what": plant("words with half a letter", Kind.WORDS, "before \ufffe{}")})
    visitor.press(page, "continue", {"what": plant("an answer that is too long", Kind.WORDS, "Wörter {} ") * 1500})


def _bodies(visitor: Visitor, canaries: Canaries) -> None:
    def plant(name: str, shape: str = "{}") -> str:
        return canaries.plant(f"{name} ({TURN})", Kind.BROKEN, shape)

    page = visitor.press(visitor.get(), "continue")
    long = plant("words of an over-long body", "Schafgarbe {} ü ")
    visitor.press(page, "continue", {"what": long * (OVER_LONG // len(long.encode()))})
    fields = {**page.hidden, "go": "continue"}
    for name, coding, squeeze in (("gzip", "gzip", gzip.compress), ("zlib", "deflate", zlib.compress)):
        body = squeeze(urlencode({**fields, "what": plant(f"words in {name}")}).encode())
        visitor.request("POST", "/", body, {"Content-Type": FORM, "Content-Encoding": coding})
    visitor.request(
        "POST", "/", f'{{"what": "{plant("words in JSON")}"}}'.encode(), {"Content-Type": "application/json"}
    )
    wide = urlencode({**fields, "what": plant("words in UTF-16")}).encode("utf-16")
    visitor.request("POST", "/", wide, {"Content-Type": f"{FORM}; charset=utf-16"})
    body = urlencode(fields).encode() + b"&what=%ff%fe%zz" + plant("words that are no letters").encode()
    visitor.request("POST", "/", body, {"Content-Type": FORM})
    visitor.request("POST", "/", b"x", {"Content-Type": plant("a media type nobody knows", "text/{}")})


def _parts(visitor: Visitor, canaries: Canaries) -> None:
    def plant(name: str, shape: str = "{}") -> str:
        return canaries.plant(f"{name} ({TURN})", Kind.FILE, shape)

    page = visitor.press(visitor.get(), "continue")
    fields = {**page.hidden, "go": "continue", "what": canaries.plant(f"words beside a file ({TURN})", Kind.WORDS)}
    content = plant("a file's content where none is asked for").encode() * 30_000
    file = (plant("a file's name where none is asked for", "IMG_{}.jpg"), plant("its media type", "image/{}"), content)
    body, content_type = multipart(fields, {"photo": file})
    visitor.request("POST", "/", body, {"Content-Type": content_type})
    cut = (plant("the name of a file that is cut off"), "image/jpeg", plant("the content of it").encode() * 900)
    body, content_type = multipart(fields, {"photo": cut}, whole=False)
    visitor.request("POST", "/", body[:-40], {"Content-Type": content_type})
    visitor.request(
        "POST", "/", body, {"Content-Type": f"multipart/form-data; boundary={plant('a boundary that is none')}"}
    )
    many = "".join(
        f"&{plant('one of too many fields')}{number}=1" if not number else f"&x{number}=1" for number in range(3000)
    )
    visitor.request("POST", "/", many.encode(), {"Content-Type": FORM})


def _proxy_line(visitor: Visitor, canaries: Canaries) -> None:
    """The line a proxy may put before a request, from somebody who is no proxy of ours."""
    address = canaries.plant_address(f"PROXY line, version 1 ({TURN})")
    request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    visitor.tell(f"PROXY TCP4 {address} 127.0.0.1 56324 80\r\n".encode() + request)
    word = canaries.plant(f"PROXY line, version 2 ({TURN})", Kind.BROKEN).encode()
    visitor.tell(b"\r\n\r\n\0\r\nQUIT\n\x21\x11" + len(word).to_bytes(2, "big") + word + request)
