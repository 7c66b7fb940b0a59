"""Which characters may stand in titles, names and front matter's texts. Pure."""

from __future__ import annotations

import re
import unicodedata

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (section 2.2) does not allow in a document."""
_JOINERS = "\u200c\u200d"
"""Invisible and needed: emoji are joined by U+200D, Persian and Indic words parted by U+200C."""


def xml_text(text: str) -> str:
    """The text without characters that no XHTML may hold."""
    return _NOT_IN_XML.sub("", text)


def one_line(text: str) -> str:
    """The text on one line: white space collapsed, control, format and other invisible characters gone."""
    visible = "".join(
        char
        for char in xml_text(text)
        if char.isspace() or char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf"}
    )
    return " ".join(visible.split()).strip(_JOINERS)
