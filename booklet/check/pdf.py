"""PDFs: syntax by libqpdf, and whether every face is embedded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from booklet.check.result import CheckResult
from booklet.findings import finding

_MAX_FINDINGS = 100
_SUBSET_MARK = re.compile(r"^[A-Z]{6}\+")
_BFCHAR = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_ENTRY = re.compile(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f\s]*)>")
_MOST_DIGITS = 252
"""Of an entry: poppler (CharCodeToUnicode.cc) reads tokens of 255 signs, `<` and `>` among them."""
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check_pdf(path: Path) -> CheckResult:
    """Check a PDF; one that is broken or needs a password gives a finding, never an exception."""
    try:
        # What libqpdf mends on opening is a fault all the same; it tells it as a warning.
        with pikepdf.open(path, suppress_warnings=True, attempt_recovery=True) as document:
            faults = [*document.get_warnings(), *document.check_pdf_syntax()]
            fonts = dict(_fonts(document))
            pages = len(document.pages)
            garbled = sum(map(_illegal_entries, document.objects))
    except pikepdf.PasswordError:
        return _refused(path, "it is encrypted and needs a password")
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        return _refused(path, str(error))
    bare = sorted(name for name, embedded in fonts.items() if not embedded)
    findings = (
        *(
            finding("check-pdf", str(path), text=_shortened(fault, path))
            for fault in dict.fromkeys(map(str, faults))
        ),
        *(finding("check-font-not-embedded", str(path), face=name) for name in bare),
        *((finding("check-glyph-texts", str(path), count=garbled),) if garbled else ()),
    )
    embedded = "all embedded" if not bare else f"{len(bare)} not embedded"
    facts = (
        ("pages", str(pages)),
        ("fonts", f"{len(fonts)}, {embedded}" if fonts else "0"),
        ("syntax", "clean" if not faults else f"{len(faults)} faults"),
    )
    return CheckResult(path, "pdf", findings[:_MAX_FINDINGS], facts)


def _refused(path: Path, reason: str) -> CheckResult:
    return CheckResult(path, "pdf", (finding("check-pdf", str(path), text=_shortened(reason, path)),), ())


def _shortened(text: str, path: Path) -> str:
    """Take off the file's path, with which libqpdf begins: the finding has it already."""
    return text.removeprefix(str(path)).lstrip(": ")


def _fonts(document: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    """Every face of the file by its name without the subset's mark, and whether its outlines are inside."""
    for one in document.objects:
        if not isinstance(one, pikepdf.Dictionary) or one.get("/Type") != "/Font":
            continue
        subtype = str(one.get("/Subtype", ""))
        if subtype == "/Type0":  # its descendant, an object of its own, has the outlines
            yield from _descendants(one)
        elif subtype not in {"/CIDFontType0", "/CIDFontType2"}:
            yield _name(one), subtype == "/Type3" or _is_embedded(one)


def _descendants(font: pikepdf.Dictionary) -> Iterator[tuple[str, bool]]:
    for descendant in font.get("/DescendantFonts", pikepdf.Array()):
        if isinstance(descendant, pikepdf.Dictionary):
            yield _name(descendant), _is_embedded(descendant)


def _illegal_entries(one: pikepdf.Object) -> int:
    """Entries of a ToUnicode map that readers refuse: no text, half a character, more than poppler reads."""
    if not isinstance(one, pikepdf.Dictionary) or not isinstance(one.get("/ToUnicode"), pikepdf.Stream):
        return 0
    entries = (
        entry for block in _BFCHAR.findall(one["/ToUnicode"].read_bytes()) for entry in _ENTRY.findall(block)
    )
    return sum(1 for text in entries if not text or len(text) % 4 or len(text) > _MOST_DIGITS)


def _name(font: pikepdf.Dictionary) -> str:
    return _SUBSET_MARK.sub("", str(font.get("/BaseFont", "?")).removeprefix("/"))


def _is_embedded(font: pikepdf.Dictionary) -> bool:
    descriptor = font.get("/FontDescriptor")
    return isinstance(descriptor, pikepdf.Dictionary) and any(key in descriptor for key in _FONT_FILES)
