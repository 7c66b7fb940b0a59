"""Every sentence that a user reads, one table a language: a new language is one more folder beside `en`.

Keys: `finding.<code>` and `hint.<code>` for `booklet.findings.CODES`, `error.<code>` and `error.<code>.hint`
for `BookletError`, `reason.…` and `way.…` for what findings name, `help.…` for `--help`, `ui.…` for the rest.
Placeholders are `str.format` names; a test compares keys and placeholders of the languages.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from importlib import import_module
from string import Formatter
from typing import Literal

from booklet.findings import Finding, Param

Language = Literal["en", "zh"]


def user_language() -> Language:
    """The language of the person at the terminal: `BOOKLET_LANG`, else the locale, else English."""
    for name in ("BOOKLET_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    # Windows sets no such variable; its own name of the locale is `zh_CN`, or `Chinese (Simplified)_China`.
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


def table(language: Language) -> dict[str, str]:
    """The whole table of one language."""
    messages: dict[str, str] = import_module(f"booklet.words.messages.{language}").MESSAGES
    return messages


def text(key: str, language: Language | None = None, /, **params: Param) -> str:
    """The sentence for `key`, filled in.

    Raises:
        KeyError: no such key, or a placeholder without a value (programming errors).
    """
    return table(language or user_language())[key].format(**params)


def describe(finding: Finding, language: Language | None = None) -> tuple[str, str]:
    """A finding's message and hint, as sentences.

    Its `reason` may be the code of another sentence, and have a hint of its own: `hint.<code>.<reason>`.
    """
    params = dict(finding.params)
    if f"way.{params.get('way', '')}" in table(language or user_language()):
        params["way"] = text(f"way.{params['way']}", language, **params)
    hint = f"hint.{finding.code}.{params.get('reason', '')}"
    if hint not in table(language or user_language()):
        hint = f"hint.{finding.code}"
    reason = f"reason.{params.get('reason', '')}"
    if reason in table(language or user_language()):
        params["reason"] = text(reason, language, **params)
    return (
        text(variant(f"finding.{finding.code}", params, language), language, **params),
        text(variant(hint, params, language), language, **params),
    )


def variant(key: str, params: Mapping[str, Param], language: Language | None = None) -> str:
    """`<key>.none` where there is such a sentence and what `key`'s would name is empty, else `key`."""
    messages = table(language or user_language())
    named = [name for _, name, _, _ in Formatter().parse(messages[key]) if name]
    empty = any(params.get(name) == "" for name in named)
    return f"{key}.none" if empty and f"{key}.none" in messages else key
