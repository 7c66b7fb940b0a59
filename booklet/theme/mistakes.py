"""What a theme's author would want to be told: templates that nobody uses, blocks and rules without effect.

None of it keeps a booklet from being built. Bundled themes are not looked at in a build, but in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from booklet.findings import Finding, finding
from booklet.parts import TEXT_TEMPLATE
from booklet.theme.faults import snippet
from booklet.theme.values import Theme

if TYPE_CHECKING:  # only themes of one's own are parsed
    from jinja2 import nodes

MACROS = "_macros.html.j2"
_HOLD_RULES = {"media", "supports", "layer", "container"}
_HOLD_DECLARATIONS = {"page", "font-face", "counter-style", "color-profile", "property"}
_KNOWN = {*_HOLD_RULES, *_HOLD_DECLARATIONS, "charset", "namespace", "keyframes", "font-feature-values"}
"""At-rules that the PDF engine or reading systems know."""
_MARGIN_BOXES = {
    *(f"{side}-{place}" for side in ("top", "bottom") for place in ("left", "center", "right")),
    *(f"{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")),
    *(f"{side}-{place}-corner" for side in ("top", "bottom") for place in ("left", "right")),
    "footnote",
}


def mistakes(theme: Theme, files: Mapping[str, str]) -> tuple[Finding, ...]:
    """Blocks that no parent has and rules that parsers drop, in a theme's own files."""
    found: list[Finding] = []
    for name, text in files.items():
        source = str(theme.folder / name)
        if name.endswith(".css"):
            found += [
                finding("theme-css-dropped", source, line, text=snippet(text, line))
                for line in dropped_lines(text)
            ]
        else:
            for block, line, known in _unknown_blocks(theme, name):
                near = get_close_matches(block, sorted(known), n=1, cutoff=0.0)
                found.append(
                    finding("theme-block-unknown", source, line, name=block, near=near[0] if near else "")
                )
    return tuple(found)


def unused_templates(theme: Theme) -> tuple[Finding, ...]:
    """The theme's own templates that no page is made of and none that is asks for."""
    used: set[str] = set()
    waiting = [MACROS, TEXT_TEMPLATE, *(row.file for row in theme.rows)]
    while waiting:
        name = waiting.pop()
        if name in used:
            continue
        used.add(name)
        waiting.extend(_asked_for(theme.templates.get(name, "")))
    unused = [name for name in theme.own if name.endswith(".j2") and name not in used]
    return tuple(finding("theme-template-unused", str(theme.folder / name), name=name) for name in unused)


def _parsed(text: str) -> nodes.Template | None:
    """None: it has a fault that rendering tells."""
    from jinja2 import Environment, TemplateSyntaxError

    try:
        return Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True).parse(text)
    except (TemplateSyntaxError, RecursionError):
        return None


def _asked_for(text: str) -> Iterator[str]:
    from jinja2 import meta

    parsed = _parsed(text)
    if parsed is not None:
        yield from (name for name in meta.find_referenced_templates(parsed) if name)


def _unknown_blocks(theme: Theme, name: str) -> Iterator[tuple[str, int, set[str]]]:
    """The outermost blocks of a template that none of those it extends has: they are printed nowhere."""
    from jinja2 import nodes

    parsed = _parsed(theme.templates[name])
    above = _extended(parsed)
    if parsed is None or above is None:
        return
    known: set[str] = set()
    seen: set[str] = set()
    while above and above not in seen:
        seen.add(above)
        parent = _parsed(theme.templates.get(above, ""))
        if parent is None or above not in theme.templates:
            return
        known.update(block.name for block in parent.find_all(nodes.Block))
        above = _extended(parent)
    for block in parsed.body:
        if isinstance(block, nodes.Block) and block.name not in known:
            yield block.name, block.lineno, known


def _extended(parsed: nodes.Template | None) -> str | None:
    from jinja2 import nodes

    for extends in parsed.find_all(nodes.Extends) if parsed is not None else ():
        if isinstance(extends.template, nodes.Const):
            return str(extends.template.value)
    return None


def dropped_lines(css: str) -> tuple[int, ...]:
    """The lines of a style sheet at which a parser leaves something out."""
    import tinycss2

    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    first = rules[0] if rules else None
    return tuple(sorted(set(_dropped(rules, imports=first))))


def _dropped(rules: list[Any], *, imports: Any = None, in_page: bool = False) -> Iterator[int]:
    """Lines of what is no rule and no declaration; the first rule may import a parent's sheet."""
    import tinycss2

    for rule in rules:
        if rule.type == "error":
            yield rule.source_line
        elif rule.type == "declaration":
            yield from _faulty(rule.value)
        elif rule.type == "qualified-rule":
            yield from _faulty(rule.prelude)
            yield from _dropped(_content(rule))
        elif rule.type == "at-rule":
            name = rule.lower_at_keyword
            if name == "import" and rule is imports and '"parent/' in tinycss2.serialize(rule.prelude):
                continue
            if not (name in _KNOWN or name.startswith("-") or (in_page and name in _MARGIN_BOXES)):
                yield rule.source_line
            elif name in _HOLD_RULES and rule.content is not None:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield from _dropped(inner)
            elif name in _HOLD_DECLARATIONS or in_page:
                yield from _dropped(_content(rule), in_page=name == "page")


def _faulty(tokens: list[Any]) -> Iterator[int]:
    """Lines of what is no token: a brace or a quotation mark too many."""
    return (token.source_line for token in tokens if token.type == "error")


def _content(rule: Any) -> list[Any]:
    import tinycss2

    found: list[Any] = tinycss2.parse_blocks_contents(
        rule.content or [], skip_comments=True, skip_whitespace=True
    )
    return found
