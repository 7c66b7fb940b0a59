"""Cleaning: a body as the web gives it becomes well-formed, sanitised, structured XHTML. Pure.

`STEPS` is the line, in order. Steps on text end with `sanitise`, which repairs the markup by the HTML5
algorithm and hands a tree to the steps after it; `serialise` writes only the elements and attributes that
the renderers are promised.

A body with broken markup goes through all steps again until it changes no more: steps judge elements by what
is in and around them, and in broken markup that may be settled only by a later step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from booklet.clean.draft import OFF, SAFE, Draft, Hygiene
from booklet.clean.last_look import leftovers, line_of
from booklet.clean.neighbours import NOBODY, Neighbours, neighbours
from booklet.clean.providers import PROVIDERS, Provider
from booklet.clean.rows import Row, StepOrderError
from booklet.clean.serialise import grown, serialise, xml_text
from booklet.clean.steps import STEPS, TEXT_STEPS, TREE_STEPS, line
from booklet.clean.tree import Element, elements, text_of
from booklet.events import Event, Reporter, silent
from booklet.findings import finding
from booklet.model import Article, CleanArticle, ImageRef
from booklet.parsed import Parsed

__all__ = [
    "OFF",
    "PROVIDERS",
    "SAFE",
    "STEPS",
    "TEXT_STEPS",
    "TREE_STEPS",
    "Hygiene",
    "Provider",
    "Row",
    "StepOrderError",
    "clean",
    "clean_all",
    "hygiene_of",
    "line",
    "neighbours",
]

_OWN_STEPS = frozenset(row.name for row in STEPS)
_SPACE = re.compile(r"\s+")
_MAX_ROUNDS = 4
"""How often a broken body goes through the steps at most. Most change no more in the second round."""


def clean(
    article: Article,
    *,
    hygiene: Hygiene = SAFE,
    steps: Sequence[Row] = STEPS,
    providers: tuple[Provider, ...] = PROVIDERS,
    others: Neighbours = NOBODY,
) -> CleanArticle:
    """Clean one article. Never raises for bad input.

    If a step fails, the article is cleaned without the steps that packages added; if the table's own steps
    fail, its plain text stays. A finding says either.

    Args:
        article: as collected.
        hygiene: what of Chinese typing is put right (`draft.Hygiene`); `OFF` leaves it as typed.
        steps: the line, with the rows of packages (`line`).
        providers: whose players become cards.
        others: the articles that its links may lead to.
    """
    draft = Draft(article, article.body, hygiene=hygiene, providers=providers, neighbours=others)
    try:
        body = _down_the_line(draft, steps)
        for _ in range(_MAX_ROUNDS - 1 if draft.broken else 0):
            before, draft = body, _again(draft, body)
            body = _down_the_line(draft, steps)
            if body == before:
                break
    except Exception as error:  # noqa: BLE001 - one bad article must not end the booklet; the finding names it
        failed = next(iter(getattr(error, "__notes__", ())), "")
        if providers != PROVIDERS and failed in _OWN_STEPS:
            return _without_providers(article, error, hygiene, steps)
        if any(row.name not in _OWN_STEPS for row in steps):
            return _without_added(article, error, hygiene, providers)
        draft = Draft(article, article.body)
        draft.report("clean-failed", reason=f"{type(error).__name__}: {error}"[:200])
        body = _plain_text(draft)
    text = _SPACE.sub("", text_of(draft.root))
    tree = grown(draft.root)
    _last_look(draft)
    if not text and not draft.images and not draft.videos and draft.lead is None:
        draft.report("body-empty")
    return CleanArticle(
        article=article,
        body=body,
        images=_in_order(draft),
        lead=draft.lead,
        videos=tuple(draft.videos),
        headings=tuple(draft.headings),
        text_chars=len(text),
        findings=tuple(draft.findings),
        parsed=Parsed(body, tree) if tree is not None else None,
    )


def _last_look(draft: Draft) -> None:
    """Tell of each kind of markup that is left in the prose, with the line of the first."""
    article = draft.article
    source = article.body.replace("\r\n", "\n")
    for left in leftovers(draft.root, source, draft.literal):
        line = None if left.offset is None else line_of(source, left.offset, article.body_line)
        draft.report("markup-left", line=line, kind=left.kind, count=left.count, text=left.text)


def hygiene_of(options: Mapping[str, object]) -> Hygiene:
    """What a theme's options want put right."""
    return OFF if options.get("hygiene") == "off" else SAFE


def clean_all(
    articles: Sequence[Article],
    *,
    hygiene: Hygiene = SAFE,
    steps: Sequence[Row] = STEPS,
    providers: tuple[Provider, ...] = PROVIDERS,
    report: Reporter = silent,
    others: Neighbours = NOBODY,
) -> dict[str, CleanArticle]:
    """Clean articles, as `clean` does, by their ids; `report` is told of each before it is cleaned."""
    cleaned = {}
    for done, article in enumerate(articles):
        report(Event("clean", done, len(articles), article.title))
        cleaned[article.id] = clean(article, hygiene=hygiene, steps=steps, providers=providers, others=others)
    report(Event("clean", len(articles), len(articles)))
    return cleaned


def _down_the_line(draft: Draft, steps: Sequence[Row]) -> str:
    for row in steps:
        try:
            row.step(draft)
        except Exception as error:
            error.add_note(row.name)
            raise
    return serialise(draft.root)


def _without_providers(
    article: Article, error: Exception, hygiene: Hygiene, steps: Sequence[Row]
) -> CleanArticle:
    """Cleaned with the table's own providers: a rule of an added one may have failed."""
    cleaned = clean(article, hygiene=hygiene, steps=steps)
    if any(found.code == "clean-failed" for found in cleaned.findings):  # it was not the provider
        return cleaned
    reason = f"{type(error).__name__}: {error}"[:200]
    told = finding("provider-failed", article.source, None, reason=reason)
    return replace(cleaned, findings=(told, *cleaned.findings))


def _without_added(
    article: Article, error: Exception, hygiene: Hygiene, providers: tuple[Provider, ...]
) -> CleanArticle:
    """Cleaned by the table's own steps, with a finding that names the step that failed among added ones."""
    name = next(iter(getattr(error, "__notes__", ())), "")
    reason = f"{type(error).__name__}: {error}"[:200]
    cleaned = clean(article, hygiene=hygiene, providers=providers)
    failed = finding("step-failed", article.source, None, name=name, reason=reason)
    return replace(cleaned, findings=(failed, *cleaned.findings))


def _again(draft: Draft, body: str) -> Draft:
    """The cleaned body as a draft for the next round."""
    return Draft(
        replace(draft.article, body_format="html"),
        body,
        images=draft.images,
        videos=draft.videos,
        findings=draft.findings,
        hygiene=draft.hygiene,
        providers=draft.providers,
        literal=draft.literal,
        neighbours=draft.neighbours,
        again=True,
    )


def _in_order(draft: Draft) -> tuple[ImageRef, ...]:
    """The pictures that the body still shows, in order of appearance, each once."""
    keys = dict.fromkeys(
        element.attrs.get("key", "") for element in elements(draft.root) if element.name == "img"
    )
    return tuple(draft.images[key] for key in keys if key in draft.images)


def _plain_text(draft: Draft) -> str:
    text = xml_text(re.sub(r"<[^<>]{0,2000}>", "\n", draft.text[:5_000_000]))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    draft.root = Element("body", {}, [Element("p", {}, [line]) for line in lines if line])
    return serialise(draft.root)
