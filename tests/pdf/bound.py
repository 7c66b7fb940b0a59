"""A printed book as a reader holds it: what stands where on its pages, read back from the file."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from booklet.config.papers import parse_paper
from booklet.config.values import OptionValue
from booklet.fonts import find_faces
from booklet.model import Booklet, Part, Section
from booklet.render.chapters import render_chapters
from booklet.render.pdf import PdfResult, Workforce, render_pdf
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.theme import load
from booklet.theme.pages import is_large
from booklet.theme.toml import PageGeometry
from tests.theme.sample import article, entry, sample_booklet

PT_PER_MM = 72 / 25.4
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
TITLE_PT = 16.0
"""Words higher than this are of titles: the text's are not on any paper."""


@dataclass(frozen=True)
class Word:
    """In pt from the page's top left."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Leaf:
    """One side of a leaf."""

    index: int
    label: str
    words: tuple[Word, ...]
    width: float
    height: float
    geometry: PageGeometry

    @property
    def is_right(self) -> bool:
        return self.index % 2 == 0

    def margin(self, *, top: bool) -> tuple[Word, ...]:
        first = self.geometry.top * PT_PER_MM
        last = (self.geometry.height - self.geometry.bottom) * PT_PER_MM
        return tuple(word for word in self.words if (word.bottom < first if top else word.top > last))

    @property
    def folio(self) -> str:
        return joined(self.margin(top=False))

    @property
    def head(self) -> str:
        return joined(self.margin(top=True))

    @property
    def text(self) -> str:
        return joined(self.words)

    @cached_property
    def titles(self) -> str:
        return joined(word for word in self.words if word.height > TITLE_PT)

    def top_of(self, title: str) -> float:
        """Where a title stands on the page."""
        large = (word for word in self.words if word.height > TITLE_PT and len(word.text) > 1)
        return next(word.top for word in large if plain(title).startswith(plain(word.text)))


@dataclass(frozen=True)
class Link:
    """A link inside the book."""

    name: str
    text: str
    """The lines that it stands on, from its left on."""
    there: Leaf
    top: float
    """Of its target, in pt from the page's top."""


@dataclass(frozen=True)
class Book:
    booklet: Booklet
    result: PdfResult
    pdf: pikepdf.Pdf
    leaves: tuple[Leaf, ...]

    @property
    def titles(self) -> Mapping[str, str]:
        """By chapter id."""
        return {
            one.id: one.article.article.title for section in self.booklet.sections for one in section.entries
        }

    @property
    def first_page(self) -> Leaf:
        """Page 1."""
        return next(leaf for leaf in self.leaves if leaf.label == "1")

    def page_of_title(self, title: str) -> Leaf:
        """The page on which a title stands as one, not in the contents, an index or a running head."""
        (found,) = [leaf for leaf in self.leaves[self.first_page.index :] if plain(title) in leaf.titles]
        return found

    def starting_with(self, head: str) -> tuple[Leaf, ...]:
        """The pages of front or back matter from its title on, as long as the running head is the same."""
        first = next(leaf.index for leaf in self.leaves if leaf.titles.startswith(head))
        more = [leaf for leaf in self.leaves[first + 1 :] if leaf.is_right and leaf.head == head]
        last = max([first, *(leaf.index for leaf in more)])
        following = self.leaves[last + 1 : last + 2]
        if following and not following[0].titles and following[0].folio:
            last += 1
        return self.leaves[first : last + 1]

    def links(self, leaf: Leaf) -> Iterator[Link]:
        """Links inside the book, those of several lines once."""
        found: dict[str, list[Word]] = {}
        for annotation in self.pdf.pages[leaf.index].obj.get("/Annots", ()):
            if "/Dest" in annotation:
                left, *_ = box = [float(side) for side in annotation.Rect]
                bottom, top = sorted((box[1], box[3]))
                inside = [
                    word
                    for word in leaf.words
                    if leaf.height - top < (word.top + word.bottom) / 2 < leaf.height - bottom
                    and word.right > left
                ]
                found.setdefault(str(annotation.Dest), []).extend(sorted(inside, key=lambda word: word.left))
        for name, words in found.items():
            there, height = self._place(self._names[name])
            yield Link(name, joined(dict.fromkeys(words)), there, height)

    def outline(self) -> Iterator[tuple[int, str, Leaf, float]]:
        """Bookmarks: level, text, page and height."""
        with self.pdf.open_outline() as outline:
            yield from self._items(outline.root, 1)

    def _items(self, items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str, Leaf, float]]:
        for item in items:
            yield level, item.title, *self._place(item.destination)
            yield from self._items(list(item.children), level + 1)

    def _place(self, destination: Any) -> tuple[Leaf, float]:
        target, kind, _, top, _ = destination
        assert kind == "/XYZ"
        leaf = self.leaves[self._indices[target.objgen]]
        return leaf, leaf.height - float(top)

    @cached_property
    def _indices(self) -> Mapping[tuple[int, int], int]:
        return {page.obj.objgen: index for index, page in enumerate(self.pdf.pages)}

    @cached_property
    def _names(self) -> Mapping[str, Any]:
        return dict(pikepdf.NameTree(self.pdf.Root.Names.Dests).items())


def plain(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060]", "", text)


def joined(words: Iterable[Word]) -> str:
    return plain("".join(word.text for word in words))


def read(booklet: Booklet, result: PdfResult, geometry: PageGeometry) -> Book:
    pdf = pikepdf.open(BytesIO(result.data))
    xml = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=result.data, capture_output=True, check=True
    ).stdout.decode()
    leaves = []
    for index, (width, height, body) in enumerate(_PAGE.findall(xml)):
        words = tuple(
            Word(float(left), float(top), float(right), float(bottom), unescape(text))
            for left, top, right, bottom, text in _WORD.findall(body)
        )
        label = str(pdf.pages[index].label)
        leaves.append(Leaf(index, label, words, float(width), float(height), geometry))
    return Book(booklet, result, pdf, tuple(leaves))


@cache
def bound(paper: str, start: str, *, theme_name: str = "study", count: int = 0, times: int = 1) -> Book:
    """The sample volume, so many `times` its articles, or `count` brief ones."""
    booklet = brief(count) if count else volume(times)
    return bind(booklet, {"article_start": start}, paper=paper, theme_name=theme_name)


def bind(
    booklet: Booklet, given: Mapping[str, OptionValue], *, paper: str, theme_name: str = "study"
) -> Book:
    """Print a booklet; two processes set long ones."""
    theme = load(theme_name, project_dir=Path())
    options, _ = theme.resolve_options(given)
    chapters = render_chapters(booklet, theme=theme, options=options, target="pdf", adapt=adapt_body)
    size = parse_paper(paper)
    assert size is not None
    result = render_pdf(
        booklet,
        chapters,
        theme=theme,
        options=options,
        paper=size,
        faces=find_faces(configured={}, wanted=theme.fonts),
        workforce=Workforce(None, 2),
    )
    return read(booklet, result, theme.geometry(size, large=is_large(options)))


SENTENCE = "早晨的集市从五点开始热闹，卖菜的人把担子放下，先喝一碗热汤，再把青菜一把一把摆好。"
TITLES = (
    ("一座城市的早晨", 2, "城南晚报"),
    ("从集市到餐桌：一把青菜走过的四十公里路程与参与其中的二十七个人和他们各自的一天", 14, "城南晚报"),
    ("短讯", 1, "巷口通讯"),
    ("老桥为什么要留下 三位工程师的回答", 24, "桥梁月刊"),
    ("Why the old bridge was kept", 6, "Bridge Letter"),
    ("修桥的人", 4, "桥梁月刊"),
    ("夜里的图书馆", 30, "读书小报"),
    ("钟表店里的时间", 1, "巷口通讯"),
    ("把一条路走完", 9, "读书小报"),
)


def volume(times: int = 1) -> Booklet:
    """Three sections of articles from one to several pages; the last links to the first."""
    entries = []
    last = len(TITLES) * times
    for number, (title, sentences, source) in enumerate(TITLES * times, 1):
        paragraphs = [f"<p>{SENTENCE * 3}</p>"] * sentences
        if sentences > 8:
            paragraphs.insert(sentences // 2, f'<h2 id="h-1">第{number}篇的小标题</h2>')
        if number == last:
            paragraphs.append('<p>另见<a href="#a-000000000001">第一篇</a>。</p>')
        clean = article(
            number,
            title if times == 1 else f"{title}其{number:02}篇",
            "".join(paragraphs),
            authors=(source,),
            lang="en" if title.isascii() else "zh-CN",
            url=f"https://example.org/{number}",
        )
        entries.append(entry(number, clean))
    share = last // 3
    sections = tuple(
        Section(f"s{n}", n, name, (name,), tuple(entries[share * (n - 1) : share * n]))
        for n, name in enumerate(("城市", "桥梁", "阅读"), 1)
    )
    return replace(_bare(), sections=sections)


def brief(count: int) -> Booklet:
    """So many articles of a paragraph, in sections of fifty, from seven papers."""
    entries = [
        entry(
            number,
            article(
                number,
                f"第{number}则消息",
                f"<p>{SENTENCE}</p>",
                authors=(f"{'甲乙丙丁戊己庚'[number % 7]}报",),
                url=f"https://example.org/news/{number}",
            ),
        )
        for number in range(1, count + 1)
    ]
    sections = tuple(
        Section(
            f"s{at // 50 + 1}",
            at // 50 + 1,
            f"第{at // 50 + 1}栏",
            (f"栏{at // 50 + 1}",),
            tuple(entries[at : at + 50]),
        )
        for at in range(0, count, 50)
    )
    return replace(_bare(), sections=sections)


def _bare() -> Booklet:
    booklet = sample_booklet(notes="none", images={})
    return replace(booklet, back_matter=(Part("sources", "sources"),))
