"""A small booklet and theme of our own, so that these tests need no other room."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from booklet.config.values import Paper
from booklet.events import Reporter, silent
from booklet.fonts import Faces, find_faces
from booklet.model import (
    Article,
    Booklet,
    BookletMeta,
    Chapter,
    CleanArticle,
    Entry,
    ImageAsset,
    Part,
    Period,
    Section,
    StudyBox,
)
from booklet.render.pdf import PdfResult, render_pdf
from booklet.theme import Theme
from booklet.theme.toml import Option, PageGeometry

A5 = Paper("a5", 148, 210)
MOMENT = datetime(2021, 10, 22, 4, 30, tzinfo=UTC)

PRINT_CSS = """
@page { @bottom-center { content: counter(page) } }
@page front { @bottom-center { content: counter(page, lower-roman) } }
@page :nth(1 of opener) { counter-reset: page 1 }
body { margin: 0; text-align: justify; orphans: 2; widows: 2 }
#toc { page: front }
#s1 { page: opener }
article { page: article; break-before: page }
h1 { font: bold 16pt/24pt var(--face-heading); text-align: left }
p { margin: 0; text-indent: 2em }
img { max-width: 100% }
"""


BODY = "<p>今天的天气很好，我们在公园里散步，看见许多人在湖边钓鱼，也有人在树下读书。</p>"


def picture() -> ImageAsset:
    target = BytesIO()
    Image.new("RGB", (40, 30), "#a8201a").save(target, "PNG")
    data = target.getvalue()
    return ImageAsset("ab12.png", "image/png", 40, 30, data, hashlib.sha256(data).hexdigest())


def theme(print_css: str = PRINT_CSS) -> Theme:
    """A theme of a few lines."""
    return Theme(
        name="sample",
        title="Sample",
        extends="",
        folder=Path(),
        templates={},
        base_css="",
        epub_css="",
        print_css=print_css,
        large_css="",
        narrow_css="",
        rtl_css="",
        options={"accent": Option("accent", "colour", "#a8201a", (), {})},
        labels={},
        fonts={},
        pages={"a5": PageGeometry(18, 14, 18, 18, 10, 16, 148, 210)},
    )


def article(number: int, title: str, *, lang: str = "zh-CN") -> CleanArticle:
    """An article whose body is in its chapter."""
    source = f"posts/{number}.md"
    return CleanArticle(
        article=Article(
            id=f"{number:012x}",
            title=title,
            authors=(),
            published=MOMENT,
            published_from="front-matter",
            categories=(("新媒体",),),
            tags=(),
            lang=lang,
            url="",
            cover="",
            body="",
            body_format="html",
            body_line=1,
            source=source,
            source_path=Path(source),
            root=Path(),
            draft=False,
            extra={},
        ),
        body="",
        images=(),
        lead=None,
        videos=(),
        headings=(),
        text_chars=0,
        findings=(),
    )


def make_booklet(
    bodies: Sequence[str], images: Sequence[ImageAsset] = (), lang: str = "zh-CN"
) -> tuple[Booklet, tuple[Chapter, ...]]:
    """A booklet with a contents page, one section, and an article for each body."""
    entries = tuple(
        Entry(f"a-{n:012x}", n, article(n, f"第 {n} 篇", lang=lang), 1, StudyBox("", (), ()))
        for n in range(1, len(bodies) + 1)
    )
    section = Section("s1", 1, "新媒体", ("新媒体",), entries)
    meta = BookletMeta(
        name="sample",
        title="每周学习",
        subtitle="",
        identifier="urn:uuid:6ba7b810-9dad-51d1-80b4-00c04fd430c8",
        language="zh-CN",
        timezone="Asia/Shanghai",
        period=Period(None, None),
        number="",
        series="",
        publisher="办公室",
        creators=(),
        rights="",
        modified=MOMENT,
    )
    booklet = Booklet(meta, (section,), (Part("toc", "toc"),), (), {asset.name: asset for asset in images})
    chapters = [Chapter("toc", "toc", "目录", "zh-CN", '<section id="toc"><h1>目录</h1></section>')]
    chapters.append(
        Chapter(
            "s1",
            "section",
            "新媒体",
            "zh-CN",
            '<section id="s1"><h1>新媒体</h1></section>',
            "s1",
        )
    )
    for entry, body in zip(entries, bodies, strict=True):
        title = entry.article.article.title
        xhtml = f'<article id="{entry.id}"><h1>{title}</h1>{body}</article>'
        chapters.append(Chapter(entry.id, "article", title, lang, xhtml, "s1"))
    return booklet, tuple(chapters)


def make_pdf(
    bodies: Sequence[str],
    images: Sequence[ImageAsset] = (),
    *,
    print_css: str = PRINT_CSS,
    faces: Faces | None = None,
    report: Reporter = silent,
    lang: str = "zh-CN",
) -> PdfResult:
    """Render bodies as articles."""
    booklet, chapters = make_booklet(bodies, images, lang)
    return render_pdf(
        booklet,
        chapters,
        theme=theme(print_css),
        options={"accent": "#a8201a"},
        paper=A5,
        faces=faces or find_faces(configured={}, wanted={}),
        report=report,
    )
