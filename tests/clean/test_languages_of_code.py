"""Languages of listings: every name that sites write is known, and what has no name is told by its first line."""

# ruff: noqa: E501 - lists of words
from __future__ import annotations

import pytest

from booklet.clean.blocks.languages import lexer_name

LANGUAGES = (
    "python pycon javascript typescript html xml css scss less sass java kotlin scala go rust c cpp csharp objective-c "
    "swift ruby php perl lua r matlab julia sql mysql bash console powershell doscon bat yaml toml ini properties nginx "
    "apacheconf docker make cmake diff dart haskell elixir erlang clojure scheme common-lisp vb.net fortran nasm "
    "graphql protobuf tex http vim groovy json"
)
OTHER_NAMES = {
    "javascript": "js jsx mjs node",
    "typescript": "ts tsx",
    "python": "py python3",
    "ruby": "rb",
    "go": "golang",
    "rust": "rs",
    "cpp": "c++ hpp",
    "c": "h",
    "csharp": "cs c#",
    "objective-c": "objc objectivec",
    "bash": "sh shell zsh",
    "powershell": "ps1",
    "console": "shell-session shellsession",
    "bat": "dos cmd batch",
    "yaml": "yml",
    "ini": "conf",
    "apacheconf": "apache",
    "docker": "dockerfile",
    "make": "makefile",
    "html": "vue xhtml htm",
    "xml": "svg rss",
    "kotlin": "kt",
    "sql": "postgresql sqlite plsql",
    "tex": "latex",
    "common-lisp": "lisp elisp",
    "vb.net": "vb vbnet",
    "nasm": "asm",
    "diff": "patch",
    "json": "jsonc json5",
    "haskell": "hs",
    "protobuf": "proto",
    "perl": "pl",
    "clojure": "clj",
    "elixir": "ex",
    "erlang": "erl",
    "vim": "viml",
}


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_a_language_is_known_by_its_name(language: str) -> None:
    assert lexer_name(language, "") == language


@pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for language, names in OTHER_NAMES.items() for name in names.split()],
)
def test_a_language_is_known_by_what_else_it_is_called(name: str, language: str) -> None:
    assert lexer_name(name, "") == language


@pytest.mark.parametrize("name", ["text", "plain", "brainfuck", "console2"])
def test_another_language_is_not_guessed(name: str) -> None:
    assert lexer_name(name, "#!/bin/sh\n") == ""


FIRST_LINES = {
    "#!/bin/sh\nls": "bash",
    "#!/bin/bash\nls": "bash",
    "#!/usr/bin/env bash\nls": "bash",
    "#!/bin/zsh\nls": "bash",
    "#!/usr/bin/env python3\nx": "python",
    "#!/usr/bin/python\nx": "python",
    "<?php echo 1;": "php",
    "<!DOCTYPE html>\n<p>": "html",
    '<html lang="zh">': "html",
    '<?xml version="1.0"?>': "xml",
    "diff --git a/x b/x": "diff",
    "--- a/x\n+++ b/x\n@@ -1 +1 @@": "diff",
    "#include <stdio.h>\nint x;": "c",
    "#include <vector>\nint x;": "cpp",
    "package main\n\nimport x": "go",
    "package main\nfunc x": "go",
    "import java.util.List;": "java",
    "import static org.a.B.*;": "java",
    "package org.a.b;": "java",
    "from a.b import c": "python",
    "import numpy as np\n": "python",
    "def f(x):\n    pass": "python",
    "FROM debian:12\nRUN x": "docker",
    "FROM debian AS base\n\nCOPY a b": "docker",
    "import React from 'react'": "javascript",
    "export default x": "javascript",
    "export const x = 1": "javascript",
    "Private Sub F(x)\n  y\nEnd Sub": "vb.net",
    "Function F(x)\n  y\nEnd Function": "vb.net",
    '{"a": 1}': "json",
    '[{"a": 1}]': "json",
    "\n\n#!/bin/sh": "bash",
    "说明：\n#!/bin/sh": "",
    "x = 1": "",
    "package delivery is late": "",
    "import of goods": "",
    "<htmlx>": "",
    "FROM here to there": "",
}


@pytest.mark.parametrize(("text", "language"), FIRST_LINES.items(), ids=range(len(FIRST_LINES)))
def test_a_listing_without_a_name_is_told_by_its_first_line(text: str, language: str) -> None:
    assert lexer_name("", text) == language
