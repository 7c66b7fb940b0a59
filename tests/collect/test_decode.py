from __future__ import annotations

import pytest

from booklet.collect.decode import decode

SIMPLIFIED = "这是一篇用来测试编码的文章，它的内容不长，但是有足够多的常用字，可以看出是中文。"
TRADITIONAL = "這是一篇用來測試編碼的文章，它的內容不長，但是有足夠多的常用字，可以看出是中文。"
FRENCH = "Les élèves étaient très fatigués, mais la fête fut réussie; « déjà » dit-il à l'été."


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (SIMPLIFIED.encode(), "utf-8", SIMPLIFIED),
        (b"\xef\xbb\xbf" + SIMPLIFIED.encode(), "utf-8", SIMPLIFIED),
        (b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le"), "utf-16-le", SIMPLIFIED),
        (b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), "utf-16-be", SIMPLIFIED),
        (b"a\r\nb\rc", "utf-8", "a\nb\nc"),
        (b"", "utf-8", ""),
    ],
)
def test_unicode_is_sure(data: bytes, encoding: str, text: str) -> None:
    decoded = decode(data)
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.guessed, decoded.damaged) == (text, encoding, False, 0)


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "gbk", "gb18030"),
        ("title: 数字经济", "gbk", "gb18030"),
        (SIMPLIFIED + "€镕", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (FRENCH, "cp1252", "cp1252"),
    ],
)
def test_older_encodings_are_guessed(text: str, codec: str, encoding: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, encoding, True)


def test_a_page_may_declare_its_encoding() -> None:
    page = f'<html><head><meta charset="Shift_JIS"></head><body>{"日本語の文章です。" * 3}</body></html>'
    decoded = decode(page.encode("cp932"), html=True)
    assert decoded is not None
    assert (decoded.text, decoded.guessed) == (page, False)


def test_damaged_utf8_stays_utf8_and_its_line_is_named() -> None:
    data = f"第一行\n{SIMPLIFIED}".encode() + b"\xe4\xb8" + "\n末行".encode()
    decoded = decode(data)
    assert decoded is not None
    assert decoded.text.endswith("。\ufffd\n末行")
    assert (decoded.encoding, decoded.damaged, decoded.damaged_line) == ("utf-8", 1, 2)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"PK\x03\x04" + bytes(range(256)) * 8,
        SIMPLIFIED.encode("utf-16-le"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert decode(data) is None


def test_a_stray_nul_is_dropped_and_counted() -> None:
    decoded = decode("甲\n乙\0丙".encode())
    assert decoded is not None
    assert (decoded.text, decoded.damaged, decoded.damaged_line) == ("甲\n乙丙", 1, 2)
