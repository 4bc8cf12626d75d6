"""What no page can carry, and one kind of line end: plain text rules that pages and answers share."""

import re

# NUL, controls, lone surrogates and noncharacters. Tab, line feed and the marks of right-to-left scripts stay.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def with_line_feeds(text: str) -> str:
    """The text with LF for every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
