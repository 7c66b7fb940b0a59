"""Front and back matter: where it stands in print and on a screen, and the index of sources."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from booklet.config.values import OptionValue
from booklet.model import Booklet, CategoryPath, CleanArticle, Section
from booklet.parts import Target
from booklet.render.chapters import render_chapters
from booklet.render.chapters.sources import index_key
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.theme import load

from .sample import PARAGRAPH, article, entry, sample_booklet

GIVEN: dict[str, OptionValue] = {}


def of(*articles: CleanArticle, paths: tuple[CategoryPath, ...] = ((),)) -> Booklet:
    """The articles, spread over sections of these paths."""
    share = -(-len(articles) // len(paths))
    sections = tuple(
        Section(
            f"s{number}",
            number,
            path[-1] if path else "",
            path,
            tuple(
                entry(1 + index, articles[index])
                for index in range((number - 1) * share, min(number * share, len(articles)))
            ),
        )
        for number, path in enumerate(paths, 1)
    )
    return replace(sample_booklet(notes="none"), sections=sections)


def chapter(
    booklet: Booklet,
    chapter_id: str,
    target: Target = "pdf",
    options: dict[str, OptionValue] = GIVEN,
    name: str = "study",
) -> etree._Element:
    theme = load(name, project_dir=Path())
    chosen, _ = theme.resolve_options(options)
    chapters = render_chapters(
        booklet, theme=theme, options=chosen, target=target, adapt=adapt_body if target == "pdf" else None
    )
    return etree.fromstring(next(one.xhtml for one in chapters if one.id == chapter_id))


def words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def from_source(
    number: int, authors: tuple[str, ...], source: object = None, url: str = "https://www.example.org/a/1"
) -> CleanArticle:
    clean = article(number, f"第{number}则", PARAGRAPH, authors=authors, url=url)
    extra = {} if source is None else {"source": source}
    return replace(clean, article=replace(clean.article, extra=extra))


@pytest.mark.parametrize(
    ("authors", "source", "url", "name"),
    [
        (("甲",), "新华社", "https://example.org/1", "新华社"),
        (("云州日报",), None, "https://example.org/1", "云州日报"),
        (("甲", "乙"), None, "https://www.example.org/1", "example.org"),
        (("甲", "乙"), None, "", "甲、乙"),
        ((), None, "https://example.org/1", "example.org"),
        (("甲",), "x" * 61, "", "甲"),
        (("甲",), ["不是文字"], "", "甲"),
    ],
)
def test_a_source_is_the_site_or_the_account(
    authors: tuple[str, ...], source: object, url: str, name: str
) -> None:
    booklet = of(from_source(1, authors, source, url), from_source(2, ("旁人",)))
    names = [words(found) for found in chapter(booklet, "sources").iterfind(".//h2")]
    assert sorted(names) == sorted([name, "旁人"])


@pytest.mark.parametrize("name", ["plain", "study"])
@pytest.mark.parametrize("target", ["pdf", "epub"])
def test_each_source_lists_its_articles_with_link_authors_and_address(name: str, target: Target) -> None:
    booklet = of(from_source(1, ("甲",), "新华社"), from_source(2, ("新华社",)), from_source(3, ("乙",)))
    root = chapter(booklet, "sources", target, name=name)
    first, second = root.findall(".//section")
    assert words(first) == "新华社 2 篇 第1则 甲 www.example.org/a/1 第2则 www.example.org/a/1"
    assert [link.get("href") for link in first.iterfind(".//a")] == [
        "#a-000000000001",
        "https://www.example.org/a/1",
        "#a-000000000002",
        "https://www.example.org/a/1",
    ]
    assert words(second) == "乙 第3则 www.example.org/a/1"


def test_without_any_source_there_is_no_index() -> None:
    booklet = of(*(from_source(number, (), url="") for number in (1, 2)))
    with pytest.raises(StopIteration):
        chapter(booklet, "sources")


def test_a_theme_of_its_own_without_the_template_has_no_index() -> None:
    booklet = of(from_source(1, ("甲",)), from_source(2, ("乙",)))
    theme = load("plain", project_dir=Path())
    older = {name: text for name, text in theme.templates.items() if name != "sources.html.j2"}
    options, _ = theme.resolve_options({})
    chapters = render_chapters(
        booklet, theme=replace(theme, templates=older), options=options, target="pdf", adapt=adapt_body
    )
    assert "sources" not in {one.kind for one in chapters}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("zh-CN", ["36氪", "Apple", "ZAKER", "澎湃新闻", "人民日报", "新华社", "云州日报"]),
        ("zh-TW", ["中央社", "自由時報", "經濟日報", "聯合報"]),
        ("zh-Hant-HK", ["中央社", "自由時報", "經濟日報", "聯合報"]),
        ("ja", ["NHK", "朝日新聞", "読売新聞", "日本経済新聞"]),
        ("en", ["apple", "Éclair", "zebra", "新华社"]),
    ],
)
def test_names_stand_as_in_the_dictionaries_of_the_language(language: str, names: list[str]) -> None:
    shuffled = names[1:] + names[:1]
    assert sorted(shuffled, key=lambda name: index_key(name, language)) == names


def test_names_without_a_letter_stand_last() -> None:
    names = ["a", "新", "？", "𠮷"]
    shuffled = names[1:] + names[:1]
    assert sorted(shuffled, key=lambda name: index_key(name, "zh-CN")) == names


def test_print_has_the_colophon_inside_the_cover_and_a_screen_at_the_end() -> None:
    theme = load("study", project_dir=Path())
    options, _ = theme.resolve_options({})
    kinds = {
        target: [
            one.kind
            for one in render_chapters(
                sample_booklet(),
                theme=theme,
                options=options,
                target=target,
                adapt=adapt_body if target == "pdf" else None,
            )
            if one.kind in {"cover", "colophon", "toc", "sources"}
        ]
        for target in ("pdf", "epub")
    }
    assert kinds == {
        "pdf": ["cover", "colophon", "toc", "sources"],
        "epub": ["cover", "toc", "sources", "colophon"],
    }


@pytest.mark.parametrize(
    ("given", "count", "start"),
    [
        ("auto", 50, "run-on"),
        ("auto", 51, "page"),
        ("page", 2, "page"),
        ("right", 2, "right"),
        ("run-on", 60, "run-on"),
    ],
)
def test_articles_start_where_the_option_says(given: str, count: int, start: str) -> None:
    booklet = of(*(article(number, "题", "<p>文</p>", url="") for number in range(1, count + 1)))
    root = chapter(booklet, "a-000000000002", options={"article_start": given})
    assert f"starts-{start}" in (root.get("class") or "").split()


@pytest.mark.parametrize(
    ("paths", "above"),
    [
        ((("甲", "综合"), ("乙", "综合")), ["甲", "乙"]),
        ((("甲", "综合"), ("甲", "头条")), ["", ""]),
        ((("甲",), ("乙",)), ["", ""]),
        ((("甲", "综合"), ()), ["", ""]),
        ((("甲", "子", "综合"), ("甲", "丑", "综合")), ["甲　子", "甲　丑"]),
    ],
)
def test_sections_of_one_name_are_told_apart_by_what_is_above(
    paths: tuple[CategoryPath, ...], above: list[str]
) -> None:
    booklet = of(*(article(number, "题", "<p>文</p>") for number in (1, 2)), paths=paths)
    heads = list(chapter(booklet, "toc").iterfind(".//h2"))
    theme = load("study", project_dir=Path())
    options, _ = theme.resolve_options({})
    chapters = render_chapters(booklet, theme=theme, options=options, target="epub")
    titles = [one.title for one in chapters if one.kind == "section"]
    names = [path[-1] if path else "其他" for path in paths]
    assert titles == [
        f"{before}　{name}" if before else name for before, name in zip(above, names, strict=True)
    ]
    shown = [found.find(".//span[@class='toc-above']") for found in heads]
    assert ["" if one is None else one.text for one in shown] == above
