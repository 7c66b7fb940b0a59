"""Highlighting marks, and changes nothing else."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from booklet.clean import clean
from booklet.clean.blocks.highlight import MAX_LISTING_CHARS, highlight
from booklet.clean.blocks.languages import LEXERS
from booklet.clean.draft import Draft
from booklet.clean.tree import Element, text_of

from .articles import article

_PIECE = st.sampled_from(
    [
        "if",
        " ",
        "\n",
        '"',
        "'",
        "/*",
        "*/",
        "//",
        "#",
        "{",
        "}",
        "<?php",
        "<a>",
        "${",
        "\\",
        "中",
        "1",
        "=>",
        "\t",
        "$ ",
    ]
)


def marked(text: str, language: str) -> Element:
    code = Element("code", {"class": f"language-{language}"} if language else {}, [text])
    draft = Draft(article(""), "", root=Element("body", {}, [Element("pre", {}, [code])]))
    highlight(draft)
    return code


@pytest.mark.parametrize("language", sorted(LEXERS))
def test_no_lexer_changes_a_character(language: str) -> None:
    text = '\n\n# 注 \t\nif (a < 1) { return "x\\n${b}"; } // 尾\r\n<b>&amp;</b> $x = 0x1f; /* 未完 \u3000'
    assert text_of(marked(text, language)) == text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(_PIECE, min_size=1, max_size=40).map("".join), st.sampled_from(sorted(LEXERS)))
def test_any_text_in_any_language_stays_itself(text: str, language: str) -> None:
    assert text_of(marked(text, language)) == text


@pytest.mark.parametrize(
    "text",
    [
        "let a = 1;\n" * (MAX_LISTING_CHARS // 10),
        "let a=1;" * 100,
        "let " * 100,
        "let a = 1;" + "\n" * 30 + "b",
    ],
    ids=["long", "minified", "prose", "blank lines"],
)
def test_what_lexers_are_slow_at_stays_plain(text: str) -> None:
    assert marked(text, "js").children == [text]


def test_a_cleaned_listing_is_marked_the_same_again() -> None:
    listing = escape('#!/bin/bash\nfor i in 1 2; do\n  echo "$i" # 注\ndone', quote=False)
    once = clean(article(f"<pre>{listing}</pre>"))
    assert 'class="hl-k"' in once.body
    assert clean(article(once.body)).body == once.body
    root = etree.fromstring(f"<div>{once.body}</div>")
    assert "".join(map(str, root.itertext())) == re.sub("&gt;", ">", listing)


@pytest.mark.parametrize(
    "text",
    [
        "import React from 'react';\nlet a = 1;",
        "Sub Total()\n  x = 1\nEnd Sub",
        "<?php echo 1;",
        "def f(x):\n    return 1",
        "#include <stdio.h>\nint main(void);",
        '{"a": 1, "b": true}',
        "diff --git a/x b/x\n-a\n+b",
    ],
)
def test_what_begins_as_one_language_only_is_read_as_that(text: str) -> None:
    assert marked(text, "").children != [text]


@pytest.mark.parametrize(
    "text",
    [
        "if you return for lunch, class is over",
        "let x = 1",
        "x = 1",
        "$ ls -l\ntotal 0",
        "import the goods\nfrom the port",
        "[1] 参考文献",
        "Sub total: 5",
        "{ a: 1 }",
    ],
)
def test_what_several_languages_or_none_could_be_is_left_plain(text: str) -> None:
    assert marked(text, "").children == [text]
