"""EPUBs made to hang or to crash who opens them: each is told of, within seconds and little memory."""

from __future__ import annotations

import struct
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from booklet.check import archive, check, examine
from booklet.check.archive import read
from booklet.cli import run

from .book_files import page, sound, write

SECONDS = 60
"""With Java's start on a busy machine."""


def codes(path: Path) -> Sequence[tuple[str, object]]:
    began = time.process_time()
    found = [(one.code, dict(one.params).get("id")) for one in examine(path).findings]
    assert time.process_time() - began < SECONDS
    return found


def with_page(path: Path, markup: str) -> Path:
    return write(path, {**sound(), "EPUB/a.xhtml": markup})


def test_a_bomb_of_zeros_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        with made.open("EPUB/a.xhtml", "w") as stream:
            for _ in range(120):
                stream.write(b" " * 1_000_000)
    assert path.stat().st_size < 200_000
    assert codes(path) == [("check-epub", "size")]


def test_a_bomb_that_says_it_is_small_is_stopped_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_page(tmp_path / "a.epub", " " * 3_000_000)
    data = bytearray(path.read_bytes())
    at = data.index(b"EPUB/a.xhtml", data.index(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, at + 24, 10)  # its size in the central directory
    path.write_bytes(bytes(data))
    monkeypatch.setattr(archive, "MAX_DOCUMENT_BYTES", 1_000_000)
    found = read(path)
    assert {fault.id for fault in found.faults} <= {"size", "zip", "xml"}
    assert found.faults
    assert len(found.documents.get("EPUB/a.xhtml", b"")) <= 1_000_000


def test_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.epub", {f"EPUB/{number}.txt": "" for number in range(30_000)})
    assert codes(path) == [("check-epub", "size")]


def test_pictures_that_unpack_to_too_much_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 1_000_000)
    files = {**sound(), "EPUB/p.jpg": b"\0" * 600_000, "EPUB/q.jpg": b"\0" * 600_000}
    assert codes(write(tmp_path / "a.epub", files)) == [("check-epub", "size")]


LAUGHS = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {one} "{f"&{other};" * 10}">'
        for one, other in zip("bcdefghijk", "abcdefghij", strict=True)
    )
    + "]>"
)


ROUND = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "{"x" * 100_000}">]>'
BY_PARAMETER = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY % p "<!ENTITY a 'ha'>"> %p;]>"""


def with_entities(doctype: str, body: str) -> str:
    return doctype + page(body).partition("<!DOCTYPE html>")[2]


@pytest.mark.parametrize(
    "markup",
    [
        with_entities(LAUGHS, "<p>&k;</p>"),
        with_entities(LAUGHS, '<p title="&k;">文</p>'),
        with_entities(LAUGHS, "<p>&k;"),
        with_entities(ROUND, "<p>&a;</p>"),
        with_entities(QUADRATIC, f"<p>{'&a;' * 1_000}</p>"),
        with_entities(BY_PARAMETER, "<p>&a;</p>"),
    ],
    ids=["in text", "in an attribute", "in broken markup", "round", "quadratic", "by parameter"],
)
def test_entities_that_grow_are_refused_before_epubcheck(tmp_path: Path, markup: str) -> None:
    """EPUBCheck 5.3 puts them all in, and does not come to an end."""
    assert codes(with_page(tmp_path / "a.epub", markup)) == [("check-epub", "size")]


def test_entities_in_utf_16_are_seen(tmp_path: Path) -> None:
    markup = with_entities(LAUGHS, "<p>&k;</p>").replace("utf-8", "utf-16")
    for codec in ("utf-16", "utf-16-le", "utf-16-be"):
        path = write(tmp_path / "a.epub", {**sound(), "EPUB/a.xhtml": markup.encode(codec)})
        assert codes(path) == [("check-epub", "size")]


def test_a_few_entities_are_no_bomb(tmp_path: Path) -> None:
    doctype = (
        """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b "&a;&a;">]>"""
    )
    path = with_page(tmp_path / "a.epub", with_entities(doctype, "<p>&b;&amp;</p>"))
    assert read(path).faults == ()


@pytest.mark.tools
def test_markup_too_deep_for_a_parser_is_a_finding(tmp_path: Path, java: str) -> None:
    path = with_page(tmp_path / "a.epub", page("<div>" * 20_000 + "</div>" * 20_000))
    assert {code for code, _ in codes(path)} & {"check-epub", "check-tool-failed"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:200] + b"\xff" * 50 + data[250:],
        lambda data: data.replace(b"EPUB/a.xhtml", b"EPUB/../\x00\xff/"),
        lambda data: data[:-22] + b"\xff" * 22,
        lambda data: b"PK\x03\x04application/epub+zip",
    ],
    ids=["cut", "garbled", "odd names", "no directory", "a stub"],
)
def test_a_damaged_archive_is_a_finding(
    tmp_path: Path, damage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booklet.check.epub.find_java", lambda: None)
    path = write(tmp_path / "a.epub", sound())
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert "check-epub" in [code for code, _ in codes(path)]


def test_an_external_entity_opens_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booklet.check.epub.find_java", lambda: None)
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path = with_page(tmp_path / "a.epub", head + page("<p>&x;</p>").partition("<!DOCTYPE html>")[2])
    assert codes(path) == [("check-epub", "size")]
    assert "geheim" not in str(check(path))


def test_the_command_ends_with_3_on_a_faulty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booklet.check.epub.find_java", lambda: None)
    whole = write(tmp_path / "whole.epub", sound())
    broken = with_page(tmp_path / "broken.epub", "<p>")
    advised = write(tmp_path / "1.epub", {**sound(), "EPUB/style.css": "p { color: var(--x) }"})
    assert run(["check", str(whole)]) == 0
    assert run(["check", str(broken)]) == 3
    assert run(["check", str(whole), str(broken)]) == 3
    assert run(["check", str(advised)]) == 0
    assert run(["check", "--strict", str(advised)]) == 3
