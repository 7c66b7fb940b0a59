"""Bytes → text: which encoding a file is in. Pure.

Posts come as UTF-8 (with and without a mark), as UTF-16, and from older tools in their country's encoding.
A file that was put together of pieces may be in two.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from booklet.collect.guess import beyond_ascii, guess, wide

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_DECLARED_WITHIN_BYTES = 4096
_DECLARABLE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jis_2004",
    "iso-2022-jp": "iso2022_jp_2",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252",
    "iso-8859-2": "iso8859_2",
    "koi8-r": "koi8-r",
    "tis-620": "cp874",
    "windows-874": "cp874",
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
}
"""What a page may declare (WHATWG Encoding's labels), and the codec that reads all of it."""
_DAMAGE_PER_GOOD = 0.1
"""Invalid bytes for each valid multi-byte character up to which a file is damaged UTF-8."""
_FEW_NULS = 8
_SHOWN = {
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "cp932": "Shift_JIS",
    "euc_jis_2004": "EUC-JP",
    "cp949": "EUC-KR",
    "iso2022_jp_2": "ISO-2022-JP",
    "koi8-r": "KOI8-R",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line feeds as line ends, without mark and NUL."""

    text: str
    encoding: str
    guessed: bool
    """Neither a mark, nor valid UTF-8, nor the page's own word."""
    damaged: int
    """Bytes or characters that had to be replaced or dropped."""
    damaged_line: int | None
    """1-based line of the first of them."""
    mixed: str = ""
    """A second encoding, in which some of the lines are."""

    @property
    def letters(self) -> int:
        """Characters beyond ASCII: of how much a guess was made."""
        return beyond_ascii(self.text)


def shown(encoding: str) -> str:
    """A codec's name for people, as pages declare it."""
    return _SHOWN.get(encoding) or re.sub(r"^cp(?=\d)", "windows-", encoding)


def codec_of(label: str) -> str | None:
    """The codec that reads all of what a label of a page or a mail names; None: it names none but UTF-8."""
    return _DECLARABLE.get(label.strip().lower())


def decode(data: bytes, *, html: bool = False, neighbours: str | None = None) -> Decoded | None:
    """Decode a file; None if it is not text.

    Args:
        data: The whole file.
        html: Believe `<meta charset>` where the bytes are not UTF-8.
        neighbours: The encoding (`shown`) of most other files of the folder: a short text says too little.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding, guessed=False)
    if unmarked := wide(data):
        return _decoded(data.decode(unmarked), unmarked, guessed=True)
    if data.count(0) > _FEW_NULS:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, _declared(data) if html else None, codec_of(neighbours or ""))
    return _of_seven_bits(data) or _decoded(text, "utf-8", guessed=False)


def _of_seven_bits(data: bytes) -> Decoded | None:
    """ISO 2022, whose bytes are ASCII's: its escapes say that they are not (RFC 1468, RFC 1557)."""
    for escape, encoding in ((b"\x1b$", "iso2022_jp_2"), (b"\x1b$)C", "iso2022_kr")):
        if escape in data:
            try:
                return _decoded(data.decode(encoding), encoding, guessed=True)
            except UnicodeDecodeError:
                continue
    return None


def _not_utf8(data: bytes, declared: str | None, neighbours: str | None) -> Decoded | None:
    if declared:
        read = _replacing(data, declared, guessed=False)
        if read and not read.damaged:
            return read
        guessed = None if data.count(0) else _guessed(data, neighbours)
        return read if read and (guessed is None or guessed.damaged >= read.damaged) else guessed
    if found := _mixed(data):
        return found
    if _is_damaged_utf8(data):
        return _replacing(data, "utf-8", guessed=False)
    return None if data.count(0) else _guessed(data, neighbours)


def _guessed(data: bytes, neighbours: str | None) -> Decoded | None:
    encoding = guess(data, neighbours)
    return _replacing(data, encoding, guessed=True) if encoding else None


def _mixed(data: bytes) -> Decoded | None:
    """A file put together of pieces: lines of UTF-8, and lines that all are in one other encoding."""
    lines = data.split(b"\n")
    foreign = [place for place, line in enumerate(lines) if not _is_utf8(line)]
    own = sum(beyond_ascii(line.decode("utf-8")) for line in lines if _is_utf8(line))
    if not own or not all(_is_foreign(lines[place]) for place in foreign):
        return None
    others = b"\n".join(lines[place] for place in foreign)
    encoding = guess(others)
    read = _replacing(others, encoding, guessed=True) if encoding else None
    if read is None or read.damaged:
        return None
    texts = dict(zip(foreign, read.text.split("\n"), strict=True))
    whole = "\n".join(
        texts[place] if place in texts else line.decode("utf-8") for place, line in enumerate(lines)
    )
    return replace(_decoded(whole, "utf-8", guessed=True), mixed=read.encoding)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_foreign(line: bytes) -> bool:
    """Whether a line is in another encoding, and not damaged UTF-8, which is good for the most part."""
    text = line.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return bad > 1 and beyond_ascii(text) - bad < bad


def _decoded(text: str, encoding: str, *, guessed: bool) -> Decoded:
    nuls = text.count("\0")
    line = text.count("\n", 0, text.index("\0")) + 1 if nuls else None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")
    return Decoded(text, encoding, guessed, nuls, line)


def _replacing(data: bytes, encoding: str, *, guessed: bool) -> Decoded | None:
    text = data.decode(encoding, errors="replace")
    bad = text.count("\ufffd")
    if bad > max(_FEW_NULS, len(text) // 4) or text.count("\0") > _FEW_NULS:
        return None
    decoded = _decoded(text, encoding, guessed=guessed)
    if not bad:
        return decoded
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    return Decoded(decoded.text, encoding, guessed, bad + decoded.damaged, line)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_DECLARED_WITHIN_BYTES])
    return codec_of(found[1].decode("ascii")) if found else None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return good > 0 and bad <= max(1, good * _DAMAGE_PER_GOOD)
