"""The header's grammar, where the public vectors do not reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envelope.agefile import Stanza, read_header, unwrap_file_key, wrap_file_key, write_header
from envelope.errors import MalformedError, NotForUsError
from envelope.identity import Identity
from envelope.suite import load_public_key

KEY = b"sixteen byte key"
OURS = Identity(bytes(32))
OTHER = Identity(b"x" * 32)
STANZA = wrap_file_key(KEY, load_public_key(OURS.recipient().public_key))
WRITTEN = write_header(KEY, [STANZA])
ARGUMENTS = st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=80), min_size=1)


@given(st.lists(st.tuples(ARGUMENTS, st.binary(max_size=200)), min_size=1, max_size=5))
def test_any_header_is_read_as_it_was_written(drawn):
    stanzas = [Stanza(tuple(one.encode() for one in arguments), body) for arguments, body in drawn]
    written = write_header(KEY, stanzas)
    header = read_header(written + b"payload")
    assert list(header.stanzas) == stanzas
    assert header.length == len(written)


@pytest.mark.parametrize("version", [b"v2", b"v0", b"V1"])
def test_another_version_is_not_read_even_if_its_mac_is_right(version):
    with pytest.raises(MalformedError):
        read_header(WRITTEN.replace(b"/v1\n", b"/" + version + b"\n", 1))


def test_a_header_without_any_recipient_is_malformed():
    with pytest.raises(MalformedError):
        read_header(write_header(KEY, []))


@pytest.mark.parametrize("argument", [b"caf\xc3\xa9", b"tab\there", b"nul\0", b"del\x7f", b""])
def test_an_argument_is_plain_ascii(argument):
    with pytest.raises(MalformedError):
        read_header(write_header(KEY, [Stanza((b"grease", argument), b"")]))


@pytest.mark.parametrize(
    "body",
    [STANZA.body[:-1], STANZA.body + b"\0", STANZA.body + bytes(16), b""],
    ids=["a byte short", "a byte long", "a tag long", "empty"],
)
def test_a_stanza_of_the_wrong_length_is_refused_before_any_key_is_tried(body):
    """Even by one it was not sealed to, which would otherwise answer "not for us"."""
    header = read_header(write_header(KEY, [Stanza(STANZA.arguments, body)]))
    for identity in (OURS, OTHER):
        with pytest.raises(MalformedError):
            unwrap_file_key(header, identity.private_key)


def test_our_stanza_is_found_among_others():
    grease = Stanza((b"grease", b"argument"), bytes(100))
    theirs = wrap_file_key(KEY, load_public_key(OTHER.recipient().public_key))
    header = read_header(write_header(KEY, [grease, theirs, STANZA]))
    assert unwrap_file_key(header, OURS.private_key) == KEY


def test_a_file_with_stanzas_of_other_types_only_is_not_for_us():
    header = read_header(write_header(KEY, [Stanza((b"X25519", b"share"), bytes(32))]))
    with pytest.raises(NotForUsError):
        unwrap_file_key(header, OURS.private_key)
