"""Formulas, however a page wrote them, become MathML; one that cannot stays as its TeX, with a finding.

The steps on text have marked what they found: `<span data-math="inline">TeX</span>`, or `data-mathml` with
the markup. This step adds what renderers left in the page (KaTeX, MathJax, Wikipedia), equations as pictures
(Zhihu, WordPress), and TeX in the text of HTML bodies. In the tree a formula is one `math` element without
parts, so that no later step takes it apart; `serialise` writes its `markup`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

from booklet.clean.draft import Draft
from booklet.clean.formulas.macros import Macros
from booklet.clean.formulas.mathml import from_markup, from_tex, markup_of
from booklet.clean.serialise import xml_text
from booklet.clean.text.markdown import looks_like_html
from booklet.clean.text.tex import formulas_in
from booklet.clean.tree import Element, Node, bottom_up, elements, text_of
from booklet.clean.vocabulary import BLOCKS, names

MAX_FORMULAS = 3_000
MAX_CHARS = 200_000
"""The most TeX or MathML in one article: a textbook's chapter has a tenth of it."""

_MAX_ADDRESS = 8_000
_BREAK = "\u2028"
"""Stands for `<br>` while a text is searched."""

_MAX_FINDINGS = 20
_VERBATIM = names("pre code kbd samp math")
_RENDERED = re.compile(r"(?i)katex(?:-{1,2}\w+)?|mathjax(?:[_-]\w+)?|mjxc?-\w+|mwe-math-element")
_NAMED = re.compile(r"(?i)ztext-math|ql-formula|equation|math(?:-inline|-display)?|tex|latex|formula")
_DISPLAY_CLASS = re.compile(
    r"(?i)katex-{1,2}(?:display|block)|mathjax(?:_svg)?_display|mjxc?-display|latex-display|\S*-image-display"
)
_TEX_ATTRIBUTES = ("data-tex", "data-formula", "data-latex", "data-value", "data-math")
_EQUATION = re.compile(
    r"(?i)(?:zhihu\.com/equation\?tex=|/equation\?tex=|latex\.php\?|latex\.codecogs\.com|/math/render/|/cgi-bin/mathtex|"
    r"chart\.googleapis\.com/chart\?cht=tx)"
)


@dataclass(slots=True)
class _Maker:
    """Makes the article's formulas, each TeX once."""

    draft: Draft
    known: dict[tuple[str, bool], tuple[str, str] | None] = field(default_factory=dict)
    macros: Macros = field(default_factory=Macros)
    plain: dict[str, None] = field(default_factory=dict)
    count: int = 0
    chars: int = 0

    def tex(self, raw: str, *, display: bool) -> Node:
        """A formula from TeX; a generator's tag that stands where one is expected is text."""
        tex = xml_text(raw.strip())
        if "{%" in tex and "%}" in tex:
            return tex
        if tex.endswith("\\\\"):  # Zhihu's mark for a formula on its own line
            tex, display = tex.rstrip("\\ "), True
        drawn = self.macros.take_out(tex)
        if tex and not drawn.strip():
            return ""  # nothing but definitions
        made = self._made(self.macros.applied(drawn), display=display, source=tex)
        if made is None:
            self._report(tex)
            return Element("code", {"class": "tex"}, [tex])
        return Element("math", {"markup": made[0]}, [made[1]])

    def markup(self, raw: str, fallback: str) -> Node:
        """A formula from an article's own MathML."""
        self.count += 1
        self.chars += len(raw)
        display = bool(re.match(r"(?i)<math\b[^<>]*\bdisplay\s*=\s*[\"']?block", raw))
        math = from_markup(raw, display=display) if self._has_room() else None
        if math is None:
            self._report(fallback)
            return fallback
        return Element("math", {"markup": xml_text(markup_of(math))}, [text_of(math)])

    def _made(self, tex: str, *, display: bool, source: str) -> tuple[str, str] | None:
        if (tex, display) not in self.known:
            self.count += 1
            self.chars += len(tex)
            math = from_tex(tex, display=display) if self._has_room() else None
            if math is not None:
                math.attrs["alttext"] = " ".join(source.split())
            self.known[tex, display] = None if math is None else (xml_text(markup_of(math)), text_of(math))
        return self.known[tex, display]

    def _report(self, tex: str) -> None:
        self.plain.setdefault(" ".join(tex.split())[:80])
        if len(self.plain) <= _MAX_FINDINGS:
            self.draft.report("formula-plain", tex=[*self.plain][-1])

    def _has_room(self) -> bool:
        return self.count <= MAX_FORMULAS and self.chars <= MAX_CHARS


def formulas(draft: Draft) -> None:
    """Replace every formula, with what a renderer built around it."""
    maker = _Maker(draft)
    verbatim: set[int] = set()
    for element in (draft.root, *elements(draft.root)):
        if element.name in _VERBATIM or id(element) in verbatim:
            verbatim.update(id(child) for child in element.children)
            verbatim.add(id(element))
        elif _is_display(element):
            for inner in elements(element):
                if "data-math" in inner.attrs:
                    inner.attrs["data-math"] = "display"
        elif "data-math" in element.attrs:
            maker.macros.take_out(
                text_of(element)
            )  # in the order of reading; below it is the other way round
    for parent in bottom_up(draft.root):
        if id(parent) not in verbatim and any(isinstance(child, Element) for child in parent.children):
            kept = _without_twins(parent.children)
            parent.children = [child if isinstance(child, str) else _formula(child, maker) for child in kept]
    is_markdown = draft.article.body_format == "markdown" and not looks_like_html(draft.article.body)
    if not is_markdown:
        _read_tex(draft, maker, verbatim)


def late_formulas(draft: Draft) -> None:
    """Read TeX in the text once more: meaningless markup that had cut formulas in pieces is gone by now."""
    if draft.article.body_format == "markdown" and not looks_like_html(draft.article.body):
        return
    _read_tex(draft, _Maker(draft), set())


def _read_tex(draft: Draft, maker: _Maker, verbatim: set[int]) -> None:
    """Formulas in the text of the tree, outside code."""
    if "$" not in draft.text and "\\" not in draft.text:
        return
    for element in (draft.root, *elements(draft.root)):
        if id(element) in verbatim or element.name in _VERBATIM or "tex" in element.classes():
            verbatim.update(id(child) for child in element.children)
        elif any(isinstance(child, str) and ("$" in child or "\\" in child) for child in element.children):
            element.children = _with_tex(element.children, maker)


def _without_twins(children: list[Node]) -> list[Node]:
    """The nodes without what MathJax drew, which stands before the script that holds the formula's TeX."""
    result: list[Node] = []
    for child in children:
        if isinstance(child, Element) and "data-math" in child.attrs:
            end = len(result)
            while end and (_is_space(result[end - 1]) or _is_rendered(result[end - 1])):
                end -= 1
            if any(_is_rendered(node) for node in result[end:]):
                del result[end:]
        result.append(child)
    return result


def _is_space(node: Node) -> bool:
    return isinstance(node, str) and not node.strip()


def _is_rendered(node: Node) -> bool:
    return (
        isinstance(node, Element)
        and node.name in ("span", "div")
        and any(_RENDERED.fullmatch(word) for word in node.classes())
    )


def _formula(node: Element, maker: _Maker) -> Node:
    """The formula that an element is, or the element itself."""
    attrs = node.attrs
    if attrs.get("data-math") in ("inline", "display"):
        return maker.tex(text_of(node), display=attrs["data-math"] == "display")
    if node.name == "img":
        tex = _pictured(attrs)
        return maker.tex(tex, display=_is_display(node)) if tex else node
    if _is_rendered(node) and (inner := _only_formula(node)) is not None:
        return inner
    if "data-mathml" in attrs:
        return maker.markup(attrs["data-mathml"], text_of(node))
    if any(_NAMED.fullmatch(word) for word in node.classes()):
        tex = next((attrs[name] for name in _TEX_ATTRIBUTES if attrs.get(name)), "")
        return maker.tex(tex, display=_is_display(node)) if tex else node
    return node


def _only_formula(node: Element) -> Element | None:
    """The one formula in an element that holds nothing else but its drawing."""
    inside = elements(node)
    found = [child for child in inside if child.name == "math" or "tex" in child.classes()]
    if len(found) != 1 or any(child.name in BLOCKS for child in inside):
        return None
    length = len(found[0].attrs.get("markup", "")) + len(text_of(found[0]))
    return found[0] if len(text_of(node)) <= 2 * length + 40 else None


def _is_display(node: Element) -> bool:
    return (
        any(_DISPLAY_CLASS.fullmatch(word) for word in node.classes()) or node.attrs.get("data-eeimg") == "2"
    )


def _pictured(attrs: dict[str, str]) -> str:
    """The TeX of an equation that is a picture: in its address, else as its text."""
    sources = [attrs.get(name, "") for name in ("src", "data-src", "data-original", "data-actualsrc")]
    source = next((source for source in sources if _EQUATION.search(source)), "")
    if not source and "data-eeimg" not in attrs and "eeimg" not in attrs:
        return ""
    query = source.partition("#")[0].partition("?")[2] if len(source) <= _MAX_ADDRESS else ""
    fields = parse_qs(query, separator="&")
    tex = next((fields[name][0] for name in ("tex", "latex", "chl") if name in fields), "")
    if not tex and "codecogs" in source:
        tex = re.sub(r"^(?:\\(?:dpi\{\d+\}|bg_\w+|inline|fn_\w+|large|huge|small)\s*)+", "", unquote(query))
    alt = attrs.get("alt", "").strip()
    return (
        tex or attrs.get("data-formula", "") or (alt.strip("$ ") if alt not in ("", "[公式]", "公式") else "")
    )


def _with_tex(children: list[Node], maker: _Maker) -> list[Node]:
    """Formulas in the text; one may go on over line breaks."""
    result: list[Node] = []
    run: list[str] = []

    def flush() -> None:
        text = "".join(run)
        run.clear()
        position = 0
        for formula in formulas_in(text):
            before = text[position : formula.start]
            result.extend(_lines(before.rstrip(f" \n{_BREAK}") if formula.display else before))
            result.append(maker.tex(formula.tex.replace(_BREAK, "\n"), display=formula.display))
            position = formula.end
            if formula.display:  # it stands on a line of its own
                position = len(text) - len(text[position:].lstrip(f" \n{_BREAK}"))
        result.extend(_lines(text[position:]))

    for child in children:
        if isinstance(child, str):
            run.append(child)
        elif child.name == "br":
            run.append(_BREAK)
        else:
            flush()
            result.append(child)
    flush()
    return result


def _lines(text: str) -> list[Node]:
    parts: list[Node] = []
    for index, line in enumerate(text.split(_BREAK)):
        if index:
            parts.append(Element("br"))
        if line:
            parts.append(line)
    return parts
