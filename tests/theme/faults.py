"""What a fault of a theme says to a person."""

from __future__ import annotations

from booklet.findings import BookletError
from booklet.report import describe_error
from booklet.words.messages import Language


def said(error: BookletError, language: Language = "en") -> str:
    """The sentence of `theme-broken` without its beginning."""
    assert error.code == "theme-broken"
    sentence = describe_error(error, language)[0]
    return sentence.partition("is faulty: " if language == "en" else "有错：")[2]
