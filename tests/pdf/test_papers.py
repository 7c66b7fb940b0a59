"""The same lines measured on every paper, in normal and in large print."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet.config.papers import PAPERS
from booklet.render.pdf.engine.lines.spacing import MOST_GAP_EM, MOST_TRACKING_EM

from .books import Book, book_of, print_book
from .measures import HEAD, Measures, measure, row

POST = """---
title: 一页样张：标点、数字与西文
date: 2026-10-20 08:00:00
categories: [样张]
---

《周刊》编辑部说：“这一期（总第 128 期）印了 2,400 册，每册 64 页，重 0.3 公斤，成本上涨了 12 %。”读者来信问：
“《红楼梦》、《三国演义》和《水浒》，哪一本先读？”答复只有一句——“**《红楼梦》**。”……其余的话，编辑都删了。

调用函数 `RANDBETWEEN(100,200)` 之后得到随机数，也可以用 Internationalization 这样的长词来试；地址
https://example.org/archive/2026/10/20/a-very-long-name-of-a-page.html?from=weekly&page=128 要能折行，
**用A4纸**印，或者用<u>B5</u>纸，都应当排得整齐。

> 「這一頁排得很好，」大家都同意；於是又讀了兩段，再寫三行字作為紀念。
> （《讀書會紀要》第 3 期，2026年10月22日）

- 第一，行首不出现“，”“。”“》”之类的标点，行末也不出现“（”“《”；
- 第二，30 公里、50 %、2026年10月20日这样的数字不离开它的单位；
- 第三，Kubernetes、PostgreSQL 和 Elasticsearch 不会把一行拉得很开，短行也不会只剩一个字。

末段很短，却要试遍各种长度：甲乙丙丁戊己庚辛，子丑寅卯辰巳午未，申酉戌亥，天地玄黄，宇宙洪荒，日月盈昃，辰宿列张，好。
"""
LEAST_LINES = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Posts whose paragraphs begin at every place of a line."""
    target = tmp_path_factory.mktemp("posts")
    for number in range(6):
        text = POST.replace("编辑部说", "编辑部" + "在会上" * number + "说").replace(
            "很短", "很短" + "，也" * number
        )
        (target / f"{number}.md").write_text(text, encoding="utf-8")
    return target


@pytest.fixture(scope="module", params=["normal", "large"])
def book(folder: Path, request: pytest.FixtureRequest) -> Book:
    return book_of(folder, options={"print_size": request.param})


@pytest.mark.parametrize("paper", [*PAPERS, "150x220mm"])
def test_lines_are_a_typesetters_on_every_paper(book: Book, paper: str) -> None:
    printed = print_book(book, paper)
    measured = measure(printed.document, printed.pages)
    assert measured.judged >= LEAST_LINES
    table = f"{HEAD}\n{row(paper, measured)}"
    assert not printed.result.findings
    assert _faults(measured) == {}, table
    assert max(stretch for stretch, _ in measured.stretches) <= MOST_GAP_EM + 0.001, table
    assert max(torn for torn, _ in measured.torn) <= MOST_TRACKING_EM + 0.005, table
    sizes = {round(glyph.size, 2) for page in printed.pages for glyph in page}
    assert max(sizes) >= (18 if book.options["print_size"] == "large" else 10)


def _faults(measured: Measures) -> dict[str, object]:
    found = {
        "missing the margin": measured.missing(),
        "kinsoku": measured.kinsoku,
        "holes": measured.holes,
        "parted": measured.parted,
        "one character": measured.lonely,
    }
    return {name: faults for name, faults in found.items() if faults}
