"""A theme's templates as Jinja2 runs them: sandboxed, strict, escaping; faults become `theme-broken`."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from lxml import etree
from markupsafe import Markup

from booklet.cache.templates import CompiledTemplates
from booklet.findings import BookletError, Param
from booklet.parsed import Parsed
from booklet.render.templates.context import TemplateContext
from booklet.render.templates.sandbox import FIELD_NAMES, Sandbox
from booklet.theme import Theme
from booklet.theme.faults import broken, snippet

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (Char) does not allow; written as what it allows it takes ten times as long to compile."""
UNWANTED_FILTERS = ("random", "safe", "pprint")
"""Not the same output twice; markup from anywhere; addresses of objects."""
MACROS = "_macros.html.j2"
NO_PICTURES: Mapping[str, str] = MappingProxyType({})
_UNDEFINED = re.compile(r"(?:no attribute |^)'([^']+)'(?: is undefined)?$")
_NAMES = tuple(field.name for field in fields(TemplateContext))
_PLACE = "booklet-body"
"""The processing instruction that stands for the body while the rest of a chapter is parsed."""


class Templates:
    """The compiled templates of one theme."""

    def __init__(
        self,
        theme: Theme,
        cache_dir: Path | None = None,
        pictures: Mapping[str, str] = NO_PICTURES,
        *,
        made_with: str = "",
    ) -> None:
        """Get ready; `pictures` are the addresses of the theme's own, by its names for them."""
        self._theme = theme
        sources = theme.templates
        environment = Sandbox(
            # A file name for each, so that tracebacks name the template and its line.
            loader=FunctionLoader(lambda name: (sources[name], name, None) if name in sources else None),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_xml_text,
            auto_reload=False,
            bytecode_cache=(
                CompiledTemplates(cache_dir, theme.folder.absolute(), made_with=made_with)
                if cache_dir
                else None
            ),
        )
        for name in UNWANTED_FILTERS:
            environment.filters.pop(name)
        environment.globals = {"range": environment.globals["range"], "theme_picture": self._picture}
        self._pictures = pictures
        self._environment = environment

    def chapter(self, name: str, context: TemplateContext, body: etree._Element | None = None) -> Parsed:
        """Render one chapter: one element with the id `context.id`.

        Args:
            name: of the template.
            context: what it sees.
            body: holds what `context.body` holds, and is moved into the chapter: it is not parsed again.

        Raises:
            BookletError: `theme-broken`, the template fails, or its output is not well-formed.
        """
        try:
            xhtml = self._environment.get_template(name).render(_names(context)).strip()
        except Exception as error:
            raise self._broken(name, error) from error
        try:
            root = _read(xhtml, str(context.body), body)
        except etree.XMLSyntaxError as error:
            raise self._malformed(name, xhtml, error) from error
        if root.get("id") != context.id:
            raise broken(self._theme.name, self._theme.folder, "template-root", file=name)
        return Parsed(xhtml, root)

    def _picture(self, name: object) -> str:
        """The address of a picture of the theme, whose name stands in quotes: the files were read before."""
        if str(name) not in self._pictures:
            raise _NoPictureError(str(name))
        return self._pictures[str(name)]

    def macro(self, name: str, context: TemplateContext, *arguments: object) -> etree._Element:
        """Call a macro of `_macros.html.j2` that makes one element.

        Raises:
            BookletError: `theme-broken`.
        """
        try:
            module = self._environment.get_template(MACROS).make_module(_names(context))
            markup = str(getattr(module, name)(*arguments)).strip()
        except AttributeError as error:
            text = f"{{% macro {name}(…) %}}"
            raise broken(
                self._theme.name, self._theme.folder, "template-fails", file=MACROS, line=1, text=text
            ) from error
        except Exception as error:
            raise self._broken(MACROS, error) from error
        try:
            return etree.fromstring(markup, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            raise self._malformed(MACROS, markup, error) from error

    def _broken(self, name: str, error: Exception) -> BookletError:
        """The fault as a sentence with the template's name and line, and what stands there."""
        theme = self._theme
        lines = [
            (frame.filename, frame.lineno or 0)
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename in theme.templates
        ]
        file, line = lines[-1] if lines else (name, 1)
        if isinstance(error, TemplateSyntaxError):
            file, line = error.name or name, error.lineno
        code, params = self._reason(error)
        source = theme.folder / file if file in theme.own else theme.folder
        text = snippet(theme.templates.get(file, ""), line)
        return broken(theme.name, source, code, **{"file": file, "line": line, "text": text, **params})

    def _reason(self, error: Exception) -> tuple[str, dict[str, Param]]:
        """What it is, without the words of Jinja, which are English and name Python's classes."""
        if isinstance(error, _NoPictureError):
            return "template-picture", {"name": str(error)}
        if isinstance(error, TemplateSyntaxError):
            return "template-syntax", {}
        if isinstance(error, TemplateNotFound):
            return "template-missing", {"name": str(error.name or "")}
        name = _UNDEFINED.search(str(error)) if isinstance(error, UndefinedError) else None
        if name is None:
            return "template-fails", {}
        known = [*FIELD_NAMES, *_NAMES, *self._theme.options]
        for words in self._theme.labels.values():
            known.extend(words)
        near = get_close_matches(name[1], sorted(set(known)), n=1, cutoff=0.0)
        return "template-name", {"name": name[1], "near": near[0]}

    def _malformed(self, file: str, markup: str, error: etree.XMLSyntaxError) -> BookletError:
        text = snippet(markup, error.lineno or 1)
        return broken(self._theme.name, self._theme.folder, "template-markup", file=file, text=text)


class _NoPictureError(TemplateRuntimeError):
    """`theme_picture` is called with a name that does not stand in the templates."""


def _read(xhtml: str, markup: str, body: etree._Element | None) -> etree._Element:
    """Parse what stands around the body, which has a tree; all, if the body does not stand there as it is."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    if body is None or "<" not in markup or xhtml.count(markup) != 1:
        return etree.fromstring(xhtml, parser)
    root = etree.fromstring(xhtml.replace(markup, f"<?{_PLACE}?>"), parser)
    place = next(one for one in root.iter(etree.PI) if getattr(one, "target", "") == _PLACE)
    _move(body, place)
    return root


def _move(body: etree._Element, place: etree._Element) -> None:
    """Put the content of one element where another stands."""
    parent, before = place.getparent(), place.getprevious()
    if parent is None:
        raise ValueError("the body stands outside the root element")
    texts = (body.text or "", place.tail or "")
    children = list(body)
    if children:
        children[-1].tail = f"{children[-1].tail or ''}{texts[1]}" or None
    text = texts[0] if children else "".join(texts)
    if before is None:
        parent.text = f"{parent.text or ''}{text}" or None
    else:
        before.tail = f"{before.tail or ''}{text}" or None
    at = parent.index(place)
    parent[at : at + 1] = children


def _names(context: TemplateContext) -> dict[str, object]:
    return {field.name: getattr(context, field.name) for field in fields(context)}


def _xml_text(value: object) -> object:
    """Drop the characters that XML cannot hold: titles come from the web."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return value if value.isprintable() else NOT_XML.sub("", value)
