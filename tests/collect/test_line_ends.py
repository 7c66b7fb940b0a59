"""What single line ends are is decided for a folder, and said."""

from __future__ import annotations

from pathlib import Path

from booklet.collect import Collected, collect
from booklet.sites import LineBreaks

from .sample import NOW, SHANGHAI, WritePost

VERSE = "雨落在瓦上\n瓦落在梦里\n\n灯灭了\n人散了\n"
WRAPPED = """\
The letters were kept in a tin box under the stairs, tied with a piece of
blue string, and nobody opened it until the house was sold.

She had written every week for eleven years, and he had answered twice, on
both occasions about the price of coal and the state of the roads.
"""


def decided(*sources: Path, asked: LineBreaks | None = None) -> Collected:
    wanted = {source.resolve(): asked for source in sources} if asked else {}
    return collect(sources, timezone=SHANGHAI, now=NOW, line_breaks=wanted)


def said(collected: Collected) -> list[tuple[str, object]]:
    return [
        (found.code, dict(found.params)["reason"])
        for found in collected.findings
        if found.code.startswith("line-ends")
    ]


def test_a_folder_of_verses_keeps_its_lines_and_says_so(write: WritePost, tmp_path: Path) -> None:
    write("a.md", body=VERSE)
    collected = decided(tmp_path)
    assert [article.line_breaks for article in collected.articles] == ["rather-keep"]
    assert said(collected) == [("line-ends-kept", "lines-text")]


def test_a_folder_of_wrapped_texts_is_joined(write: WritePost, tmp_path: Path) -> None:
    write("a.md", body=WRAPPED)
    collected = decided(tmp_path)
    assert [article.line_breaks for article in collected.articles] == ["rather-join"]
    assert said(collected) == [("line-ends-joined", "lines-text")]


def test_folders_below_a_source_are_decided_apart(write: WritePost, tmp_path: Path) -> None:
    write("one/a.md", body=VERSE)
    write("two/a.md", body=WRAPPED)
    assert [article.line_breaks for article in decided(tmp_path).articles] == ["rather-keep", "rather-join"]


def test_the_sites_renderer_is_believed(write: WritePost, tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("source_dir: source\nnew_post_name: :title.md\n", encoding="utf-8")
    path = write("source/_posts/a.md", body=WRAPPED)
    collected = decided(path)
    assert [article.line_breaks for article in collected.articles] == ["rather-keep"]
    assert said(collected) == [("line-ends-kept", "lines-site")]


def test_a_site_whose_renderer_joins_is_believed(write: WritePost, tmp_path: Path) -> None:
    config = "source_dir: source\nnew_post_name: :title.md\nmarked:\n  breaks: false\n"
    (tmp_path / "_config.yml").write_text(config, encoding="utf-8")
    assert decided(write("source/_posts/a.md", body=VERSE)).articles[0].line_breaks == "rather-join"


def test_what_was_asked_for_a_source_holds(write: WritePost, tmp_path: Path) -> None:
    write("one/a.md", body=VERSE)
    collected = decided(tmp_path, asked="join")
    assert [article.line_breaks for article in collected.articles] == ["join"]
    assert said(collected) == [("line-ends-joined", "lines-asked")]


def test_a_folder_whose_paragraphs_have_one_line_says_nothing(write: WritePost, tmp_path: Path) -> None:
    write("a.md", body="一段。\n\n两段。\n\n```\n甲\n乙\n```\n")
    assert said(decided(tmp_path)) == []
