"""The search of the proof: every way of writing a word down is recognised, wherever it stands."""

import gzip
import hashlib
import json
import os
import zlib
from base64 import b32encode, b64encode, urlsafe_b64encode
from io import BytesIO
from urllib.parse import quote

import pytest

from quietword.proof.canaries import Canaries, Kind
from quietword.proof.scanner import CHUNK, Scanner
from quietword.proof.writing import CUT_ADDRESS, CUT_SHORT


def a_run() -> tuple[Canaries, str]:
    canaries = Canaries()
    for number in range(5):
        canaries.plant(f"other {number}", Kind.WORDS)
    return canaries, canaries.plant("told", Kind.BROWSER, "Löwe {} & co", digested=True)


def names_in(canaries: Canaries, data: bytes) -> set[str]:
    return {hit.canary for hit in Scanner(canaries).in_bytes(data)}


WRITTEN = {
    "plain": lambda value: value.encode(),
    "in capital letters": lambda value: value.upper().encode(),
    "latin-1": lambda value: value.encode("latin-1"),
    "URL": lambda value: quote(value, safe="").encode(),
    "every letter in a URL": lambda value: "".join(f"%{byte:02X}" for byte in value.encode()).encode(),
    "JSON": lambda value: json.dumps(value).encode(),
    "every letter in JSON": lambda value: "".join(f"\\u{ord(one):04X}" for one in value).encode(),
    "every letter in HTML": lambda value: "".join(f"&#{ord(one)};" for one in value).encode(),
    "every letter in HTML, hex": lambda value: "".join(f"&#x{ord(one):X};" for one in value).encode(),
    "escaped": lambda value: "".join(f"\\x{byte:02x}" for byte in value.encode()).encode(),
    "escaped, octal": lambda value: "".join(f"\\{byte:03o}" for byte in value.encode()).encode(),
    "hex": lambda value: value.encode().hex().encode(),
    "hex in capital letters": lambda value: value.encode().hex().upper().encode(),
    "UTF-16 LE": lambda value: value.encode("utf-16-le"),
    "UTF-16 BE": lambda value: value.encode("utf-16-be"),
    "UTF-32 LE": lambda value: value.encode("utf-32-le"),
    "UTF-32 BE": lambda value: value.encode("utf-32-be"),
    "zlib": lambda value: zlib.compress(value.encode()),
    "gzip": lambda value: gzip.compress(value.encode()),
    "zlib in base64": lambda value: b64encode(zlib.compress(value.encode())),
    "base64 in gzip": lambda value: gzip.compress(b64encode(value.encode())),
    "UTF-16 in base64": lambda value: b64encode(value.encode("utf-16-le")),
    "sha256": lambda value: hashlib.sha256(value.encode()).digest(),
    "md5 in hex": lambda value: hashlib.md5(value.encode()).hexdigest().encode(),  # noqa: S324 - a digest to be found
}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_word_is_found_however_it_was_written_down(way: str) -> None:
    canaries, value = a_run()
    written = WRITTEN[way](value)
    assert "told" in names_in(canaries, b"\x00before" + written + b"after\xff")
    assert names_in(canaries, b"\x00before" + written[: len(written) // 4] + b"after\xff") == set()


@pytest.mark.parametrize("before", range(5))
@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode, b32encode])
def test_a_word_is_found_in_base64_wherever_it_begins(before: int, encode: object) -> None:
    canaries, value = a_run()
    assert callable(encode)
    assert "told" in names_in(canaries, encode(b"\xff" * before + value.encode() + b"\xfb" * 7))


def test_each_word_is_told_from_the_others_and_a_cut_one_is_still_found() -> None:
    canaries, value = a_run()
    word = canaries["told"].word
    assert word
    assert value.count(word) == 1
    assert names_in(canaries, word.encode()) == {"told"}
    assert names_in(canaries, word[:-3].encode()) == {CUT_SHORT}
    assert names_in(canaries, Canaries().plant("of another run", Kind.WORDS).encode()) == set()


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("127.86.41.203", b"from 127.86.41.203:4412"),
        ("127.86.41.203", b"addr=2136353227;"),
        ("127.86.41.203", b"MTI3Ljg2LjQxLjIwMw=="),
        ("2001:db8:5e6f::c9d0", bytes.fromhex("20010db85e6f0000000000000000c9d0")),
        ("2001:db8:5e6f::c9d0", b"2001:0DB8:5E6F:0000:0000:0000:0000:C9D0"),
        ("2001:db8:5e6f::c9d0", b"2001%3adb8%3a5e6f%3a%3ac9d0"),
    ],
)
def test_an_address_is_found_as_text_number_and_bytes(address: str, written: bytes) -> None:
    canaries = Canaries()
    canaries.plant_as("peer", Kind.ADDRESS, address, digested=True)
    assert names_in(canaries, b"\x01" + written + b"\x01") == {"peer"}


def test_an_address_that_was_cut_to_its_network_is_still_found() -> None:
    """As logs keep it that call themselves anonymous."""
    canaries = Canaries()
    for number in range(20):
        canaries.plant_address(f"peer {number}", own=True)
    v6 = canaries.plant_address("far", v6=True)
    whole = canaries["peer 7"].value
    assert names_in(canaries, f"from {whole} at".encode()) == {"peer 7"}
    assert names_in(canaries, f"from {whole.rpartition('.')[0]}.0 at".encode()) == {CUT_ADDRESS}
    assert names_in(canaries, f"from {v6.rpartition(':')[0]}::/112 at".encode()) == {CUT_ADDRESS}
    assert names_in(canaries, b"from 127.0.0.1 at") == set()


def test_a_long_file_is_read_in_pieces_and_a_word_across_two_is_found_once_at_its_place() -> None:
    canaries, value = a_run()
    ahead = CHUNK - 7
    hits, total = Scanner(canaries).in_stream(BytesIO(bytes(ahead) + value.encode() + bytes(CHUNK)))
    assert [(hit.canary, hit.offset) for hit in hits] == [("told", ahead + len("Löwe ".encode()))]
    assert total == 2 * CHUNK - 7 + len(value.encode())


def test_chance_holds_no_canary() -> None:
    """256 kB of noise, where the shortest thing looked for is ten characters long."""
    canaries, _ = a_run()
    canaries.plant_as("peer", Kind.ADDRESS, "127.8.9.10")
    assert names_in(canaries, os.urandom(1 << 18)) == set()
