"""Bytes → text: which encoding a file is in. Pure.

Chinese posts come as UTF-8 (with and without a mark) and, from older Windows tools, as GBK or Big5. GB18030
decodes almost any bytes, so a guess is believed only when the result looks like Chinese.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

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
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-2": "iso8859_2",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
}
"""What a page may declare (WHATWG Encoding's labels), and the codec that reads all of it."""
_SAMPLE_BYTES = 200_000
_COMMON_SIMPLIFIED = frozenset("的一是不了在有我他这中大来上国个到说们为和你地出也时年得就那要下以生会，。")
_COMMON_TRADITIONAL = frozenset(
    "的一是不了在有我他這中大來上國個到說們為和你地出道也時年得就那要下以生會，。"
)
_COMMON_SHARE = 0.08
"""Of the characters beyond ASCII; real prose has 15 % and more, wrongly decoded prose next to none."""
_GB2312_SHARE = 0.7
"""Of the two-byte characters: text in GBK is GB2312's characters with few exceptions."""
_DAMAGE_PER_GOOD = 0.1
"""Invalid bytes for each valid multi-byte character up to which a file is damaged UTF-8."""
_FEW_NULS = 8


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


def decode(data: bytes, *, html: bool = False) -> Decoded | None:
    """Decode a file; None if it is not text.

    Args:
        data: The whole file.
        html: Believe `<meta charset>` where the bytes are not UTF-8.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding, guessed=False)
    if data.count(0) > _FEW_NULS:
        return None
    try:
        return _decoded(data.decode("utf-8"), "utf-8", guessed=False)
    except UnicodeDecodeError:
        return _not_utf8(data, _declared(data) if html else None)


def _not_utf8(data: bytes, declared: str | None) -> Decoded | None:
    if declared:
        return _replacing(data, declared, guessed=False)
    if _is_damaged_utf8(data):
        return _replacing(data, "utf-8", guessed=False)
    return None if data.count(0) else _guess(data)


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
    return _DECLARABLE.get(found[1].decode("ascii").lower()) if found else None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text[:_SAMPLE_BYTES] if char > "\x7f" and char != "\ufffd")
    return good > 0 and bad <= max(1, good * _DAMAGE_PER_GOOD)


def _guess(data: bytes) -> Decoded | None:
    """GB18030, Big5 or a Western code page, by how the result reads."""
    sample = data[:_SAMPLE_BYTES]
    simplified = _share(sample, "gb18030", _COMMON_SIMPLIFIED)
    traditional = _share(sample, "big5hkscs", _COMMON_TRADITIONAL)
    if traditional >= _COMMON_SHARE and traditional > simplified * 2:
        return _replacing(data, "big5hkscs", guessed=True)
    if simplified >= _COMMON_SHARE or _gb2312_share(sample) >= _GB2312_SHARE:
        return _replacing(data, "gb18030", guessed=True)
    if _controls(sample) > len(sample) // 100:
        return None
    return _replacing(data, "cp1252", guessed=True)


def _share(sample: bytes, encoding: str, common: frozenset[str]) -> float:
    wide = [char for char in sample.decode(encoding, errors="replace") if char > "\x7f"]
    return sum(char in common for char in wide) / len(wide) if wide else 0.0


def _gb2312_share(sample: bytes) -> float:
    """The share of two-byte characters that GB2312 has, if the sample decodes at all."""
    text = sample.decode("gb18030", errors="replace")
    wide = [char for char in text if char > "\x7f"]
    if not wide or text.count("\ufffd") * 20 > len(wide):
        return 0.0
    return len("".join(wide).encode("gb2312", errors="ignore")) / 2 / len(wide)


def _controls(sample: bytes) -> int:
    return sum(byte < ord(" ") and byte not in b"\t\n\r\f" for byte in sample)
