"""A tiny booklet as `compose` and a theme would hand it over: five articles, two sections, one picture."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from lxml import etree
from PIL import Image

from booklet.model import (
    Article,
    Booklet,
    BookletMeta,
    CategoryPath,
    Chapter,
    CleanArticle,
    Entry,
    ImageAsset,
    Period,
    Section,
    StudyBox,
)

META = BookletMeta(
    name="weekly-2021-W42",
    title="每周学习参考",
    subtitle="",
    identifier="urn:uuid:0f3a4b6e-51a7-5b1f-9a4e-6c1d0f6f6a01",
    language="zh-CN",
    timezone="Asia/Shanghai",
    period=Period(date(2021, 10, 18), date(2021, 10, 24), week=(2021, 42)),
    number="17",
    series="学习参考",
    publisher="综合学习组",
    creators=(),
    rights="内部学习资料，请勿外传",
    modified=datetime(2021, 10, 24, 10, 0, tzinfo=UTC),
)
CSS = "body { margin: 0 } .title { font-weight: bold }"


def article(
    number: int,
    title: str,
    *,
    categories: tuple[CategoryPath, ...] = (),
    authors: tuple[str, ...] = ("甲",),
    lang: str = "zh-CN",
) -> Article:
    return Article(
        id=f"{number:012x}",
        title=title,
        authors=authors,
        published=datetime(2021, 10, 18 + number % 7, 8, 0, tzinfo=UTC),
        published_from="front-matter",
        categories=categories,
        tags=(),
        lang=lang,
        url=f"https://example.org/文章/{number}",
        cover="",
        body="",
        body_format="markdown",
        body_line=1,
        source=f"{number}.md",
        source_path=Path(f"{number}.md"),
        root=Path(),
        draft=False,
        extra={},
    )


def entry(one: Article, number: int) -> Entry:
    clean = CleanArticle(one, "", (), None, (), (), 0, ())
    return Entry(f"a-{one.id}", number, clean, 1, StudyBox("", (), ()))


def picture(name: str = "0a1b.png") -> ImageAsset:
    target = BytesIO()
    Image.new("RGB", (8, 8), "#a8201a").save(target, "PNG")
    data = target.getvalue()
    return ImageAsset(name, "image/png", 8, 8, data, sha256(data).hexdigest())


def cover_picture() -> bytes:
    target = BytesIO()
    Image.new("RGB", (160, 256), "#a8201a").save(target, "JPEG")
    return target.getvalue()


def booklet(*articles: Article, meta: BookletMeta = META, flat: bool = False) -> Booklet:
    """Articles by the head of their first category; `flat`: one section without a title."""
    groups: dict[CategoryPath, list[Article]] = {}
    for one in articles:
        path = one.categories[0][:1] if one.categories and not flat else ()
        groups.setdefault(path, []).append(one)
    sections, number = [], 0
    for index, (path, members) in enumerate(groups.items(), start=1):
        entries = tuple(entry(one, number + place) for place, one in enumerate(members, start=1))
        number += len(entries)
        sections.append(Section(f"s{index}", index, path[-1] if path else "", path, entries))
    return Booklet(meta, tuple(sections), (), (), {"k1": picture(), "k2": picture("unused.png")})


def standard_articles() -> tuple[Article, ...]:
    return (
        article(1, "新媒体<观察> & 思考", categories=(("时政", "要闻"),), authors=("甲", "乙")),
        article(2, "第二篇", categories=(("时政",), ("专题",)), authors=("乙", "乙 ", "甲")),
        article(3, "An English piece", categories=(("科技",),), lang="en", authors=("Ann",)),
        article(4, "繁體一篇", categories=(("科技",),), lang="zh-TW", authors=("丁",)),
        article(5, "無題", categories=(("科技",),), lang="und", authors=()),
    )


def chapters(
    book: Booklet, bodies: Mapping[int, str] | None = None, *, toc: bool = True
) -> tuple[Chapter, ...]:
    """Chapters as a theme makes them; `bodies`: by article number."""
    lang = book.meta.language
    made = [
        Chapter(
            "cover", "cover", book.meta.title, lang, '<section id="cover"><h1>每周学习参考</h1></section>'
        ),
        Chapter("colophon", "colophon", "版权页", lang, '<section id="colophon"><h1>版权页</h1></section>'),
    ]
    if toc:
        links = "".join(
            f'<li><a href="#{one.id}">{one.number}</a></li>'
            for section in book.sections
            for one in section.entries
        )
        made.append(
            Chapter("toc", "toc", "目录", lang, f'<section id="toc"><h1>目录</h1><ol>{links}</ol></section>')
        )
    for section in book.sections:
        if section.title:
            opener = f'<section id="{section.id}"><h1>{section.title}</h1></section>'
            made.append(Chapter(section.id, "section", section.title, lang, opener, section.id))
        for one in section.entries:
            body = (bodies or {}).get(one.number, "<p>正文一段。</p>")
            xhtml = f'<article id="{one.id}" class="article"><h1>题</h1>{body}</article>'
            source = one.article.article
            made.append(Chapter(one.id, "article", source.title, source.lang, xhtml, section.id))
    return tuple(made)


def with_body(body: str, *more: str) -> tuple[Booklet, tuple[Chapter, ...]]:
    """A booklet whose articles have these bodies."""
    bodies = (body, *more)
    book = booklet(*(article(index, f"文{index}") for index in range(1, len(bodies) + 1)), flat=True)
    return book, chapters(book, dict(enumerate(bodies, start=1)))


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def package(data: bytes) -> etree._Element:
    return etree.fromstring(unpacked(data)["EPUB/content.opf"])


def named(meta: BookletMeta = META, **changes: object) -> BookletMeta:
    return replace(meta, **changes)  # type: ignore[arg-type]  # each test knows the field's type


def texts(elements: Sequence[etree._Element]) -> list[str]:
    return [element.text or "" for element in elements]
