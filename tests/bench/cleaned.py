"""A booklet of cleaned articles that nobody wrote, and its EPUB.

`python -m tests.bench.cleaned IN OUT CACHE` makes one; CACHE is a folder for the theme's compiled templates.
Text is deflated to half its bytes, as that of the real posts is.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from booklet import compose, theme
from booklet.config.values import MetaConfig, OptionValue
from booklet.model import Article, Booklet, Chapter, CleanArticle, Heading, ImageAsset, Period
from booklet.render.chapters import render_chapters
from booklet.select.sections import group

CHARS = 2000
"""Of text in an article."""
_CATEGORIES = ("时政", "科技", "产业", "文化", "健康")
_COMMON, _FIRST_HAN = 4500, 0x4E00
_CHANCES = [1 / (rank + 8) for rank in range(_COMMON)]
"""Of a character by its rank (Zipf's law)."""


def write_cleaned(path: Path, count: int) -> None:
    """Write titles and bodies of `count` articles; the same every time."""
    chance = random.Random(20261124)
    articles = [
        {"title": f"{_words(chance, 12)}（{number}）", "body": "".join(_blocks(chance))}
        for number in range(1, count + 1)
    ]
    path.write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")


def write_page(source: Path, target: Path) -> None:
    """Write the same articles as one page, as other programs take them best."""
    bodies = "".join(f"<h1>{escape(one['title'])}</h1>{one['body']}\n" for one in read(source))
    head = '<html lang="zh-CN"><head><meta charset="utf-8"/><title>每周学习参考</title></head>'
    target.write_text(f"<!DOCTYPE html>\n{head}<body>{bodies}</body></html>", encoding="utf-8")


def read(path: Path) -> list[dict[str, str]]:
    """What `write_cleaned` wrote."""
    articles: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return articles


def booklet_of(
    articles: Sequence[dict[str, str]], cache_dir: Path | None = None
) -> tuple[Booklet, tuple[Chapter, ...], str]:
    """The booklet, its chapters by the study theme, and that theme's style sheet."""
    cleaned = cleaned_of(articles)
    look = theme.load("study", project_dir=Path())
    options, _ = look.resolve_options({})
    booklet = composed(cleaned, options, {})
    chapters = render_chapters(booklet, theme=look, options=options, target="epub", cache_dir=cache_dir)
    return booklet, chapters, look.css("epub")


def composed(
    cleaned: Sequence[CleanArticle], options: Mapping[str, OptionValue], images: Mapping[str, ImageAsset]
) -> Booklet:
    """A booklet of all of them."""
    sources = tuple(one.article for one in cleaned)
    meta = compose.describe(
        MetaConfig(publisher="学习组"),
        sources,
        name="bench",
        title="每周学习参考",
        language="zh-CN",
        timezone="Asia/Shanghai",
        period=Period(None, None),
        modified=None,
    )
    sections = group(sources, level="auto", sort="section")
    by_id = {one.article.id: one for one in cleaned}
    return compose.compose(sections, by_id, meta=meta, images=images, options=options)


def cleaned_of(articles: Sequence[dict[str, str]]) -> tuple[CleanArticle, ...]:
    """The articles as cleaning leaves them."""
    return tuple(_clean(number, one["title"], one["body"]) for number, one in enumerate(articles))


def _words(chance: random.Random, count: int) -> str:
    ranks = chance.choices(range(_COMMON), _CHANCES, k=count)
    return "".join(chr(_FIRST_HAN + rank * 4) for rank in ranks)


def _blocks(chance: random.Random) -> Iterator[str]:
    left, number = CHARS, 0
    while left > 0:
        number += 1
        size = min(left, chance.randint(60, 180))
        left -= size
        text = "，".join(_words(chance, chance.randint(6, 14)) for _ in range(size // 10)) + "。"
        match chance.randrange(8):
            case 0:
                yield f'<h2 id="h-{number}">{_words(chance, 8)}</h2><p>{text}</p>'
            case 1:
                yield f"<blockquote><p>{text}</p></blockquote>"
            case 2:
                items = "".join(f"<li>{_words(chance, size // 4)}</li>" for _ in range(4))
                yield f"<ul>{items}</ul>"
            case 3:
                yield f'<p><strong>{text[:8]}</strong>{text}<a href="https://example.org/{number}">原文</a></p>'
            case _:
                yield f"<p>{text}</p>"


def _clean(number: int, title: str, body: str) -> CleanArticle:
    source = f"posts/{number}.md"
    article = Article(
        id=f"{number:012x}",
        title=title,
        authors=("学习组",),
        published=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number),
        published_from="front-matter",
        categories=((_CATEGORIES[number % len(_CATEGORIES)],),),
        tags=(),
        lang="zh-CN",
        url=f"https://example.org/{number}",
        cover="",
        body="",
        body_format="html",
        body_line=1,
        source=source,
        source_path=Path(source),
        root=Path(),
        draft=False,
        extra={},
    )
    headings: tuple[Heading, ...] = ()
    return CleanArticle(article, body, (), None, (), headings, CHARS, ())


def main(source: str, target: str, cache_dir: str) -> None:
    """From cleaned articles to the EPUB's bytes, with the templates compiled by a run before."""
    from booklet.render.epub import render_epub

    booklet, chapters, css = booklet_of(read(Path(source)), Path(cache_dir))
    Path(target).write_bytes(render_epub(booklet, chapters, css=css, cover=None))


if __name__ == "__main__":
    main(*sys.argv[1:])
