from __future__ import annotations

import pytest

from booklet.collect.decode import decode, shown

SIMPLIFIED = "这是一篇用来测试编码的文章，它的内容不长，但是有足够多的常用字，可以看出是中文。"
TRADITIONAL = "這是一篇用來測試編碼的文章，它的內容不長，但是有足夠多的常用字，可以看出是中文。"
JAPANESE = "これは符号を確かめるための文章です。短くても、かなを見れば日本語だと分かります。"
KOREAN = "이것은 부호를 확인하기 위한 글입니다. 짧아도 한글을 보면 한국어임을 알 수 있습니다."
RUSSIAN = "Это текст для проверки кодировки. Он короткий, но понятно, что он русский."
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
        ("Größe und Straße", "cp1252", "cp1252"),
        (JAPANESE, "cp932", "cp932"),
        (JAPANESE, "euc_jp", "euc_jis_2004"),
        (JAPANESE, "iso2022_jp", "iso2022_jp_2"),
        ("title: 水路の記録", "cp932", "cp932"),
        (KOREAN, "euc_kr", "cp949"),
        ("title: 수로 이야기", "euc_kr", "cp949"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8-r"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (f"{JAPANESE}\n" * 3, "utf-16-be", "utf-16-be"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (KOREAN, "utf-32-le", "utf-32-le"),
    ],
)
def test_older_encodings_are_guessed(text: str, codec: str, encoding: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, encoding, True)


@pytest.mark.parametrize("codec", ["gbk", "cp932", "euc_kr"])
def test_a_file_of_two_encodings_is_read_in_both(codec: str) -> None:
    old = {"gbk": SIMPLIFIED, "cp932": JAPANESE, "euc_kr": KOREAN}[codec]
    data = f"標題\n{TRADITIONAL}\n".encode() + f"{old}\n\n{old}\n".encode(codec) + "末行".encode()
    decoded = decode(data)
    assert decoded is not None
    assert decoded.text == f"標題\n{TRADITIONAL}\n{old}\n\n{old}\n末行"
    assert (shown(decoded.encoding), decoded.damaged) == ("utf-8", 0)
    assert decoded.mixed


def test_damage_does_not_hide_the_encoding() -> None:
    data = (SIMPLIFIED * 3).encode("gbk")
    decoded = decode(data[:40] + b"\xff" + data[40:])
    assert decoded is not None
    assert (decoded.encoding, decoded.text[:20]) == ("gb18030", SIMPLIFIED[:20])
    assert decoded.damaged


def test_a_wrong_declaration_gives_way_to_what_the_bytes_say() -> None:
    page = f'<html><head><meta charset="euc-kr"></head><body>{JAPANESE * 3}</body></html>'
    decoded = decode(page.encode("cp932"), html=True)
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (page, "cp932")


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
        bytes(range(128, 256)) * 8 + b"\x01\x02\x03\x04" * 20,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert decode(data) is None


def test_a_stray_nul_is_dropped_and_counted() -> None:
    decoded = decode("甲\n乙\0丙".encode())
    assert decoded is not None
    assert (decoded.text, decoded.damaged, decoded.damaged_line) == ("甲\n乙丙", 1, 2)
