"""Articles that the engine cannot set."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from lxml import etree

from booklet.findings import BookletError
from booklet.fonts import find_faces
from booklet.render.pdf import render_pdf
from booklet.render.pdf.engine.engine import Engine
from booklet.render.pdf.trees import chapters

from .reading import opened, text_of
from .sample import A5, BODY, make_booklet, make_pdf, theme


def test_an_article_that_breaks_the_engine_is_named_and_replaced_by_a_note() -> None:
    deep = "<div>" * 400 + "深" + "</div>" * 400
    result = make_pdf([BODY, deep, BODY])
    (found,) = result.findings
    assert (found.code, found.source) == ("article-not-set", "posts/2.md")
    assert str(dict(found.params)["reason"]).startswith("RecursionError")
    text = text_of(result.data)
    assert "第 2 篇" in text.replace("第2篇", "第 2 篇")
    assert "本文的版式无法处理" in text
    assert "湖边钓鱼" in text
    assert len(result.page_map.folios) == 3


def test_a_chapter_that_is_not_well_formed_is_named_and_replaced_by_a_note() -> None:
    result = make_pdf([BODY, "<p>没有<b>结尾</p>"])
    (found,) = result.findings
    assert (found.code, found.source) == ("article-not-set", "posts/2.md")
    assert "本文的版式无法处理" in text_of(result.data)


@pytest.mark.parametrize("step", ["set_bookmarks", "fit_tables", "set_breaks", "give_faces"])
def test_a_chapter_that_cannot_be_made_ready_is_named_and_replaced_by_a_note(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    function = getattr(chapters, step)

    def failing(root: etree._Element, *others: object, **named: object) -> None:
        if "鬱" in "".join(map(str, root.itertext())):
            raise ValueError("inside")
        function(root, *others, **named)

    monkeypatch.setattr(chapters, step, failing)
    result = make_pdf([BODY, "<p>鬱</p>", BODY])
    (found,) = result.findings
    assert (found.code, found.source) == ("article-not-set", "posts/2.md")
    assert dict(found.params) == {"reason": "ValueError: inside"}
    assert text_of(result.data).count("本文的版式无法处理") == 1


def test_an_engine_that_fails_on_everything_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("inside")

    monkeypatch.setattr(Engine, "draw", fail)
    with pytest.raises(BookletError) as caught:
        make_pdf([BODY])
    assert caught.value.code == "pdf-failed"
    assert caught.value.params == {"reason": "AssertionError: inside"}


def test_libraries_that_are_missing_are_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                sys.stdout.write("-----")
                raise OSError("cannot load library 'libpango'")

    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    booklet, chapters = make_booklet([BODY])
    with pytest.raises(BookletError) as caught:
        render_pdf(
            booklet,
            chapters,
            theme=theme(),
            options={},
            paper=A5,
            faces=find_faces(configured={}, wanted={}),
        )
    assert caught.value.code == "pango-missing"
    assert capsys.readouterr().out == ""


def test_a_note_stands_among_the_bookmarks_where_its_article_would() -> None:
    deep = "<div>" * 200 + "深" + "</div>" * 200
    booklet, made = make_booklet([BODY, deep, BODY])
    without_opener = tuple(chapter for chapter in made if chapter.kind != "section")
    faces = find_faces(configured={}, wanted={})
    result = render_pdf(booklet, without_opener, theme=theme(), options={}, paper=A5, faces=faces)
    with opened(result.data).open_outline() as outline:
        assert [mark.title for mark in outline.root] == ["目录", "第 1 篇", "第 2 篇", "第 3 篇"]


def test_an_article_without_section_keeps_its_bookmark_on_top() -> None:
    booklet, chapters = make_booklet([BODY])
    loose = tuple(replace(chapter, section_id="") for chapter in chapters if chapter.kind != "section")
    faces = find_faces(configured={}, wanted={})
    result = render_pdf(booklet, loose, theme=theme(), options={}, paper=A5, faces=faces)
    assert result.findings == ()
