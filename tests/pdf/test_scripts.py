"""English within a Chinese article has English marks."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from lxml import etree

from booklet.render.pdf.trees.chapters import tag_latin

from .geometry import justified_lines, recorded
from .glyphs import pages_of
from .printed import print_bodies

ENGLISH = "She collects “stamps” that don’t stick — “really” old ones."


@pytest.mark.parametrize(
    ("markup", "tagged"),
    [
        (f"<p>{ENGLISH}</p>", 1),
        (f"<blockquote><p>{ENGLISH}</p><p>{ENGLISH}他说</p></blockquote>", 1),
        ("<p>OK “v2”</p>", 0),
        (f'<p lang="fr">{ENGLISH}</p>', 0),
        (f"<ul><li>{ENGLISH}<ul><li>{ENGLISH}</li></ul></li></ul>", 1),
    ],
)
def test_blocks_without_chinese_are_of_another_language(markup: str, tagged: int) -> None:
    for language, expected in (("zh-CN", tagged), ("en", 0)):
        root = etree.fromstring(f'<article lang="{language}">{markup}</article>')
        tag_latin(root)
        assert len(root.findall(".//*[@lang='und']")) == expected


def test_their_marks_are_narrow_and_those_of_chinese_are_not() -> None:
    result = print_bodies(f"<p>{ENGLISH}</p><p>他说“好”。</p>")
    with pikepdf.open(BytesIO(result.data)) as pdf:
        marks = [glyph for page in pages_of(pdf) for glyph in page if glyph.text in "“”"]
    widths = [(mark.right - mark.left) / mark.size for mark in marks]
    assert len(widths) == 6
    assert max(widths[:4]) < 0.6
    assert widths[4] > 0.9


def test_their_lines_are_ragged_and_those_of_chinese_are_not() -> None:
    with recorded() as documents:
        print_bodies(f"<blockquote><p>{ENGLISH * 4}</p></blockquote><p>{'公园里有湖，' * 20}</p>")
    justified = "".join(line.text for document in documents for line in justified_lines(document))
    assert "公园" in justified
    assert "stamps" not in justified
