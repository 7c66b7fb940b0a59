from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from booklet.check import EPUB, PDF, CheckResult, FileKind, check, examine


def made(path: Path, *fonts: Dictionary, pages: int = 1, **saving: object) -> Path:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    named = {f"/F{number}": document.make_indirect(font) for number, font in enumerate(fonts)}
    document.pages[0].Resources = Dictionary(Font=Dictionary(named))
    document.save(path, **saving)  # type: ignore[arg-type]  # options of save()
    return path


def face(name: str, subtype: str, **more: Any) -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name(f"/{subtype}"), BaseFont=Name(f"/{name}"), **more)


def embedded(document: pikepdf.Pdf, key: str) -> Dictionary:
    return Dictionary({"/Type": Name.FontDescriptor, key: document.make_stream(b"x")})


def codes(path: Path) -> list[str]:
    return [finding.code for finding in check(path)]


def test_a_sound_file_is_clean_and_tells_its_pages(tmp_path: Path) -> None:
    result = examine(made(tmp_path / "a.pdf", pages=3))
    assert (result.kind, result.findings) == ("pdf", ())
    assert result.facts == (("pages", "3"), ("fonts", "0"), ("syntax", "clean"))


def test_a_face_that_is_not_embedded_is_named(tmp_path: Path) -> None:
    path = made(tmp_path / "a.pdf", face("Helvetica", "Type1"), face("ABCDEF+Song", "TrueType"))
    found = check(path)
    assert [(one.code, dict(one.params)["face"]) for one in found] == [
        ("check-font-not-embedded", "Helvetica"),
        ("check-font-not-embedded", "Song"),
    ]
    assert dict(examine(path).facts)["fonts"] == "2, 2 not embedded"


def test_embedded_faces_of_every_kind_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    document = pikepdf.new()
    document.add_blank_page()
    inner = face("AAAAAA+Han", "CIDFontType0", FontDescriptor=embedded(document, "/FontFile3"))
    fonts = {
        "/F1": face("AAAAAA+Han", "Type0", DescendantFonts=Array([document.make_indirect(inner)])),
        "/F2": face("Latin", "TrueType", FontDescriptor=embedded(document, "/FontFile2")),
        "/F3": Dictionary(Type=Name.Font, Subtype=Name.Type3),
        "/F4": face("Times", "Type1", FontDescriptor=embedded(document, "/FontFile")),
    }
    document.pages[0].Resources = Dictionary(
        Font=Dictionary({key: document.make_indirect(font) for key, font in fonts.items()})
    )
    document.save(path)
    assert check(path) == ()
    assert dict(examine(path).facts)["fonts"] == "4, all embedded"


def test_a_composite_face_without_its_outlines_is_found(tmp_path: Path) -> None:
    inner = face("STSong", "CIDFontType0")
    path = made(tmp_path / "a.pdf", face("STSong", "Type0", DescendantFonts=Array([inner])))
    assert codes(path) == ["check-font-not-embedded"]


@pytest.mark.parametrize("damage", ["empty", "head", "noise", "cut", "xref"])
def test_broken_files_are_findings(tmp_path: Path, damage: str) -> None:
    path = made(tmp_path / "a.pdf", pages=4)
    data = path.read_bytes()
    path.write_bytes(
        {
            "empty": b"",
            "head": b"%PDF-1.7\n",
            "noise": b"%PDF-1.7\n" + bytes(range(256)) * 40,
            "cut": data[: len(data) // 2],
            "xref": data.replace(b"startxref", b"startxxxx"),
        }[damage]
    )
    assert codes(path)
    assert set(codes(path)) == {"check-pdf"}


def test_a_file_that_needs_a_password_is_a_finding(tmp_path: Path) -> None:
    locked = made(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    (found,) = check(locked)
    assert "password" in str(dict(found.params)["text"])
    readable = made(tmp_path / "b.pdf", encryption=pikepdf.Encryption(owner="o", user=""))
    assert check(readable) == ()


def test_a_pdf_is_known_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    assert examine(made(tmp_path / "a.bin")).kind == "pdf"


@pytest.mark.parametrize(
    ("text", "legal"), [("好", True), ("字" * 63, True), ("字" * 64, False), ("", False)]
)
def test_texts_of_glyphs_that_readers_refuse_are_counted(tmp_path: Path, text: str, legal: bool) -> None:
    """poppler says `Illegal entry in bfchar block` of them, on every page."""
    document = pikepdf.new()
    document.add_blank_page()
    entry = f"1 beginbfchar\n<0003> <{text.encode('utf-16-be').hex()}>\nendbfchar"
    font = face("A", "Type3", ToUnicode=document.make_stream(entry.encode()))
    document.pages[0].Resources = Dictionary(Font=Dictionary(F=document.make_indirect(font)))
    document.save(tmp_path / "a.pdf")
    assert codes(tmp_path / "a.pdf") == ([] if legal else ["check-glyph-texts"])


def test_a_file_of_a_further_kind_is_known_by_its_longest_ending(tmp_path: Path) -> None:
    def kind(name: str, ending: str) -> FileKind:
        return FileKind(name, ending, lambda head: False, lambda path: CheckResult(path, name, (), ()))

    kinds = (EPUB, PDF, kind("text", ".txt"), kind("titles", ".titles.txt"))
    for file, found in (("a.titles.txt", "titles"), ("a.TXT", "text")):
        (tmp_path / file).write_bytes(b"x")
        assert examine(tmp_path / file, kinds).kind == found
