"""Fuzzing with mutants of the case files: broken markup of the kinds that the web has, broken further."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from booklet.clean import clean
from booklet.model import CleanArticle
from tests.quality.text import folded, output

from .articles import article
from .case_files import read_cases
from .test_properties import check, pieces, visible

_SEEDS = sorted({case.given for case in read_cases() if not case.file.startswith("markdown")})
_TEXT_SEEDS = [seed for seed in _SEEDS if "fn" not in seed and "{%" not in seed and "[" not in seed]


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """A case's input after a few cuts, copies, moves, and insertions of fragments or of other cases."""
    text: str = draw(st.sampled_from(_SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        kind = draw(st.sampled_from(["cut", "copy", "move", "insert", "splice"]))
        if kind == "cut":
            text = text[:start] + text[end:]
        elif kind == "copy":
            text = text[:end] + text[start:end] * draw(st.integers(1, 3)) + text[end:]
        elif kind == "move":
            piece, rest = text[start:end], text[:start] + text[end:]
            place = draw(st.integers(0, len(rest)))
            text = rest[:place] + piece + rest[place:]
        elif kind == "insert":
            text = text[:start] + draw(pieces) + text[start:]
        else:
            text = text[:start] + draw(st.sampled_from(_SEEDS)) + text[start:]
    return text


def holds(body: str) -> None:
    """Every promise about any body, HTML or Markdown."""
    once = clean(article(body))
    check(once)
    check_levels(once)
    twice = clean(article(published(once)))
    check(twice)
    assert words_of(twice) == words_of(once)
    assert [video.url for video in twice.videos] == [video.url for video in once.videos]
    check(clean(article(body, "markdown")))


def words_of(result: CleanArticle) -> str:
    """The text with the numbers of lists, without bullets: by value, as `tests.quality` compares."""
    return re.sub(r"[●•■◆]|([,;:])(?=\1)", "", folded(output(result.body)))


def check_levels(result: CleanArticle) -> None:
    """Headings form a tree: none is more than one level below the one before."""
    previous = 1
    for heading in result.headings:
        assert 2 <= heading.level <= previous + 1
        previous = heading.level


def published(result: CleanArticle) -> str:
    """The body with its pictures and videos put back as a page would show them."""
    widths = {image.key: image.width_hint for image in result.images}

    def picture(found: re.Match[str]) -> str:
        width = widths[found[2]]
        source = f'{found[1]}https://pic.example/{found[2]}.jpg"'
        return source if width is None else f'{source} width="{width}"'

    body = re.sub(r'(<img [^<>]*src=")image:(\w+)"', picture, result.body)
    return re.sub(
        r'<div data-video="(\d+)"></div>',
        lambda found: f'<video src="{escape(result.videos[int(found[1])].url)}"></video>',
        body,
    )


def settled(body: str) -> str:
    """Without the keys of pictures, which name their addresses."""
    return re.sub(r'"image:[0-9a-f]{16}"', '"image"', body)


def marked(seed: str) -> tuple[str, list[str]]:
    """The seed with a word of its own before each block's end tag."""
    words: list[str] = []

    def add(found: re.Match[str]) -> str:
        words.append(f"记{len(words)}号")
        return words[-1] + found[0]

    return re.sub(r"</(?:p|div|section|li|td|h[1-6]|blockquote|span|b|strong|em)>", add, seed), words


_some = settings(
    max_examples=500,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)
_many = settings(_some, max_examples=20_000, derandomize=False, database=None)


@_some
@given(mutants())
def test_five_hundred_mutants_keep_every_promise(body: str) -> None:
    holds(body)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@_many
@given(mutants())
def test_twenty_thousand_mutants_keep_every_promise(body: str) -> None:
    holds(body)


@pytest.mark.parametrize("seed", _TEXT_SEEDS)
def test_text_of_every_case_keeps_its_order(seed: str) -> None:
    body, words = marked(seed)
    shown = re.findall(r"记\d+号", visible(clean(article(body))))
    assert shown == sorted(shown, key=words.index)
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_cleaned_case_stays_as_it_is_to_the_last_tag(seed: str) -> None:
    once = clean(article(seed))
    assert settled(clean(article(published(once))).body) == settled(once.body)
