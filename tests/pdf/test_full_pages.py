"""No page of an article that goes on behind it is left half empty, whatever pictures stand in the text."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from booklet.config.papers import parse_paper
from booklet.model import CleanArticle, ImageAsset, ImageRef
from booklet.theme import load
from tests.images.samples import encoded
from tests.theme.sample import article

from .pages import holes
from .printed import TEXT, print_articles

MOST_WHITE = 0.3
"""A telephone's screen is set no smaller than half, whatever it leaves white."""
SHAPES = ((900, 600), (1200, 500), (700, 700), (600, 900), (500, 1000), (300, 200), (1000, 180))


def illustrated(number: int, chance: Random) -> tuple[CleanArticle, dict[str, ImageAsset]]:
    """Paragraphs, headings and lists of any length with a picture behind every second or third."""
    parts, references, assets = [], [], {}
    for part in range(14):
        if chance.random() < 0.2:
            parts.append(f'<h2 id="h-{part}">第 {part} 节</h2>')
        end = "如图：" if chance.random() < 0.3 else ""
        parts.append(f"<p>{TEXT * chance.randint(1, 7)}{end}</p>")
        if chance.random() < 0.2:
            parts.append("<ul>" + f"<li>{TEXT}</li>" * chance.randint(2, 5) + "</ul>")
        if chance.random() < 0.5:
            width, height = chance.choice(SHAPES)
            key = f"{number:08x}{part:08x}"
            data = encoded(Image.new("L", (width, height), 90), "PNG")
            digest = hashlib.sha256(data).hexdigest()
            assets[key] = ImageAsset(f"{key}.png", "image/png", width, height, data, digest)
            references.append(ImageRef(key, "https://p.example/x.png", (), "图", None, "x"))
            caption = "<figcaption>河岸一景</figcaption>" if chance.random() < 0.4 else ""
            parts.append(f'<figure><img src="image:{key}" alt="图"/>{caption}</figure>')
    return article(number, f"第 {number} 篇", "".join(parts), images=references), assets


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_no_page_has_a_large_hole(paper: str) -> None:
    chance = Random(20211020)
    articles: list[CleanArticle] = []
    images: dict[str, ImageAsset] = {}
    for number in range(1, 9):
        one, assets = illustrated(number, chance)
        articles.append(one)
        images |= assets
    result = print_articles(articles, paper=paper, images=images)
    sheet = parse_paper(paper)
    assert sheet is not None
    measured = holes(result.data, load("study", project_dir=Path()).geometry(sheet, large=False))
    assert len(measured) > 10
    assert [hole for hole in measured if hole.share > MOST_WHITE] == []
