"""Bech32 (BIP 173) without its length limit, as age writes keys."""

from envelope.errors import MalformedError

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def encode(prefix: str, data: bytes) -> str:
    """Write `data` after a lower-case prefix, with the six-character checksum."""
    values = _regroup(data, 8, 5, pad=True)
    residue = _polymod([*_expand(prefix), *values, *([0] * _CHECKSUM_LENGTH)]) ^ 1
    checksum = [(residue >> 5 * (5 - position)) & 31 for position in range(_CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in [*values, *checksum])


def decode(prefix: str, text: str) -> bytes:
    """Read what `encode` wrote, all lower or all upper case; raises MalformedError for anything else."""
    if text != text.lower() and text != text.upper():
        raise MalformedError("The key mixes upper and lower case")
    if not text.isascii():
        raise MalformedError("The key holds a character that no key has")
    found, one, body = text.lower().rpartition("1")
    if not one or found != prefix:
        raise MalformedError(f"The key does not begin with {prefix}1")
    try:
        values = [_VALUES[character] for character in body]
    except KeyError as error:
        raise MalformedError("The key holds a character that no key has") from error
    if len(values) < _CHECKSUM_LENGTH or _polymod([*_expand(prefix), *values]) != 1:
        raise MalformedError("The key was mistyped or cut: its checksum does not match")
    return bytes(_regroup(values[:-_CHECKSUM_LENGTH], 5, 8, pad=False))


def _polymod(values: list[int]) -> int:
    residue = 1
    for value in values:
        top = residue >> 25
        residue = (residue & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_GENERATOR):
            if top >> bit & 1:
                residue ^= term
    return residue


def _expand(prefix: str) -> list[int]:
    codes = prefix.encode("ascii")
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _regroup(groups: bytes | list[int], width: int, wanted: int, *, pad: bool) -> list[int]:
    held, bits, regrouped = 0, 0, []
    for group in groups:
        held = held << width | group
        bits += width
        while bits >= wanted:
            bits -= wanted
            regrouped.append(held >> bits)
            held &= (1 << bits) - 1
    if pad:
        if bits:
            regrouped.append(held << wanted - bits)
    elif bits >= width or held:
        raise MalformedError("The key does not end where it should")
    return regrouped
