"""Code listings: `<pre><code class="language-x">` with every character, without what highlighters added."""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, elements, has, text_of
from booklet.clean.vocabulary import names

_GUTTER = re.compile(
    r"(?i)gutter|line-?numbers?(?:-rows)?|linenos?|lineno|ln-num|lnt|pre-numbering|hljs-ln-numbers|code-line-numbers?|"
    r"blob-num|rouge-gutter|line-number|linenodiv|prism-show-language|code-lang|code-header|highlight-tools|code-block-header"
)
_COPY = re.compile(r"(?:\s*(?:复制代码|複製代碼|复制|Copy(?: code)?|content_copy|已复制))+\s*\Z")
_LINE_BLOCKS = frozenset(["div", "p", "li", "tr"])
_SAME_FACE = frozenset(["code", "kbd", "samp", "tt", "var"])
"""Code in code says nothing more."""

_NAMED = re.compile(
    r"(?i)(?:language|lang|brush|highlight-(?:source|text)|prettyprint-lang|sourceCode)[-:_ ]+([\w+#.-]+)"
)
_LANGUAGES = names(
    "js javascript ts typescript jsx tsx json html xml css scss less sass java kotlin scala groovy go "
    "golang rust c cpp c++ csharp cs c# objc objectivec swift python py ruby rb php perl lua r matlab "
    "julia sql mysql bash sh shell zsh powershell bat dos yaml yml toml ini properties nginx apache "
    "dockerfile makefile diff markdown md vue dart haskell elixir erlang clojure lisp scheme vb vba vbnet "
    "delphi pascal fortran asm wasm graphql protobuf tex latex http plaintext text console"
)


def code(draft: Draft) -> None:
    """Rewrite every listing; what surrounds it (figure, table of line numbers) is left for later steps."""
    languages: dict[int, str] = {}
    for element in elements(draft.root):
        found = _language(element.classes())
        inherited = found or languages.get(id(element), "")
        if inherited:
            languages[id(element)] = inherited
            if element.name in ("div", "figure", "table", "tbody", "tr", "td", "pre", "code", "p"):
                languages.update(
                    (id(child), inherited) for child in element.children if isinstance(child, Element)
                )
    _drop_gutters(draft.root)
    for element in bottom_up(draft.root):
        if element.name == "div" and "blockcode" in element.classes():  # Discuz: a list of lines
            element.name = "pre"
        if element.name == "pre":
            _listing(element, languages)
    for element in bottom_up(draft.root):
        element.children = [_unnested(child) for child in element.children]
        if element.name == "code":
            for inner in elements(element):
                if inner.name in _SAME_FACE:
                    inner.name, inner.attrs = "span", {}


def _language(classes: list[str]) -> str:
    joined = " ".join(classes)
    if found := _NAMED.search(joined):
        return _plain(found[1])
    if {"highlight", "hljs", "prettyprint", "code", "syntaxhighlighter", "prism"} & set(classes) or len(
        classes
    ) == 1:
        for name in classes:
            if name.lower() in _LANGUAGES:
                return _plain(name)
    return ""


def _plain(name: str) -> str:
    name = name.lower().strip(".;")
    return (
        ""
        if name in ("plaintext", "text", "plain", "none", "nohighlight", "txt", "default", "auto")
        else name
    )


def _drop_gutters(root: Element) -> None:
    for parent in bottom_up(root):
        if not any(isinstance(child, Element) and _is_gutter(child) for child in parent.children):
            continue
        parent.children = [
            child for child in parent.children if isinstance(child, str) or not _is_gutter(child)
        ]


def _is_gutter(element: Element) -> bool:
    if not element.attrs.get("class") or not any(_GUTTER.fullmatch(name) for name in element.classes()):
        return False
    if element.name in ("pre", "code", "table", "figure"):
        return element.name == "pre" and bool(re.fullmatch(r"[\d\s]*", text_of(element)))
    text = text_of(element).strip()
    return len(text) < 20 or bool(re.fullmatch(r"[\d\s]*", text))  # noqa: PLR2004 - a language's name, not a listing


def _listing(pre: Element, languages: dict[int, str]) -> None:
    language = languages.get(id(pre), "")
    if not language:
        inner = next((child for child in elements(pre) if child.name == "code"), None)
        language = languages.get(id(inner), "") if inner is not None else ""
    lines = [child for child in pre.children if isinstance(child, Element) and child.name == "code"]
    if len(lines) > 1:  # WeChat's: each is a line
        for line in lines:
            line.name = "div"
    text = _COPY.sub("", _lines(pre).replace("\u00a0", " "))
    text = text.strip("\n").rstrip()
    pre.attrs = {}
    attrs = (
        {"class": f"language-{language}"} if language and re.fullmatch(r"[\w+#.-]{1,40}", language) else {}
    )
    pre.children = [Element("code", attrs, [text])] if text.strip() else []


def _lines(pre: Element) -> str:
    """The text of a listing; where lines are elements, each gets its line break."""
    parts: list[str] = []
    stack: list[Node | None] = [*reversed(pre.children)]
    while stack:
        node = stack.pop()
        if node is None:
            if parts and not parts[-1].endswith("\n"):
                parts.append("\n")
        elif isinstance(node, str):
            if not (
                node.isspace()
                and "\n" in node
                and stack
                and _is_line(stack[-1])
                and (not parts or parts[-1].endswith("\n"))
            ):
                parts.append(node)
        elif node.name == "br":
            parts.append("\n")
        else:
            if _is_line(node):
                stack.append(None)
                if parts and not parts[-1].endswith("\n"):
                    parts.append("\n")
                if not text_of(node) and not has(node, "br"):
                    parts.append("\n")
            stack.extend(reversed(node.children))
    return "".join(parts)


def _is_line(node: Node | None) -> bool:
    return isinstance(node, Element) and node.name in _LINE_BLOCKS


def _unnested(child: Node) -> Node:
    """`<code><pre>`: the listing is the outer one."""
    if isinstance(child, Element) and child.name == "code":
        inner = [node for node in child.children if isinstance(node, Element) and node.name == "pre"]
        if inner:
            child.name = "div"
    return child
