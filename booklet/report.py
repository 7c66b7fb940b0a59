"""The report of a build as JSON values: keys in a fixed order, sentences in the user's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from booklet.categories import format_path
from booklet.findings import BookletError, Finding
from booklet.model import Article, Output
from booklet.words import messages
from booklet.words.messages import Language

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet.results import BuildResult, Plugin

REPORT_VERSION = 1
"""The version of the report's form; it changes only when a reader of the old form would misread the new
one."""

Json = dict[str, Any]


def report_document(result: BuildResult, *, base: Path, language: Language | None = None) -> Json:
    """All that a build says of itself.

    Args:
        result: of `booklet.build`.
        base: outputs below this folder are named relative to it.
        language: of messages and hints; None: the user's.
    """
    meta = result.booklet.meta
    entries = [entry for section in result.booklet.sections for entry in section.entries]
    folios = result.page_map.folios if result.page_map else {}
    return {
        "version": REPORT_VERSION,
        "booklet": {
            "name": meta.name,
            "title": meta.title,
            "identifier": meta.identifier,
            "theme": result.theme,
            "timezone": meta.timezone,
        },
        "articles": [
            {
                **article_object(entry.article.article, chars=entry.article.text_chars),
                "pages": list(folios[entry.id]) if entry.id in folios else None,
            }
            for entry in entries
        ],
        "outputs": [_output_object(output, base) for output in result.outputs],
        "images": {
            "wanted": result.images.wanted,
            "embedded": len(result.images.assets),
            "cached": result.images.cached,
            "missing": result.images.missing,
        },
        "videos": [
            {"article": entry.article.article.id, "provider": video.provider, "url": video.url}
            for entry in entries
            for video in entry.article.videos
        ],
        "findings": finding_objects(result.findings, language),
        "timings_s": {stage: round(seconds, 3) for stage, seconds in result.timings.items()},
        **({"leftovers": left} if (left := leftovers_by_folder(result.findings)) else {}),
        **({"plugins": plugin_objects(result.plugins)} if result.plugins else {}),
    }


def article_object(article: Article, *, chars: int) -> Json:
    """One article, without its pages; `chars` as `CleanArticle.text_chars` counts them."""
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published.isoformat(timespec="seconds") if article.day else None,
        "categories": [format_path(path) for path in article.categories],
        "chars": chars,
    }


def finding_objects(findings: Iterable[Finding], language: Language | None = None) -> list[Json]:
    """Findings with their sentences, in the order given."""
    objects = []
    for finding in findings:
        message, hint = messages.describe(finding, language)
        objects.append(
            {
                "code": finding.code,
                "level": finding.level,
                "message": message,
                "hint": hint,
                "source": finding.source,
                "line": finding.line,
            }
        )
    return objects


def leftovers_by_folder(findings: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """How much markup is printed as text (`markup-left`), by folder and by kind; `.` is the source itself."""
    folders: dict[str, dict[str, int]] = {}
    for found in findings:
        if found.code == "markup-left":
            params = dict(found.params)
            kinds = folders.setdefault(str(PurePosixPath(found.source).parent), {})
            kind = str(params["kind"])
            kinds[kind] = kinds.get(kind, 0) + int(params["count"])
    return {folder: dict(sorted(kinds.items())) for folder, kinds in sorted(folders.items())}


def plugin_objects(plugins: Iterable[Plugin]) -> list[Json]:
    """What packages added."""
    return [asdict(plugin) for plugin in plugins]


def error_object(error: BookletError, language: Language | None = None) -> Json:
    """The document that stands instead of a report when a run ends early."""
    message, hint = describe_error(error, language)
    content = {"code": error.code, "message": message, "hint": hint, "exit_code": error.exit_code}
    return {
        "version": REPORT_VERSION,
        "error": content,
        "findings": finding_objects(error.findings, language),
    }


def outputs_of(path: Path, lists: Sequence[str] = ("outputs", "stale")) -> list[Json]:
    """The outputs that a report.json lists; none if it is not there or is not a report.

    Args:
        path: of the report.
        lists: `outputs` of the articles that it tells of, `stale` ones of others.
    """
    found = (_read(path).get(name) for name in lists)
    outputs = [one for given in found if isinstance(given, list) for one in given]
    return [one for one in outputs if isinstance(one, dict) and isinstance(one.get("path"), str)]


def articles_of(path: Path) -> dict[str, int]:
    """The articles that a report.json lists, with their lengths; none if it is not there or is no report."""
    articles = _read(path).get("articles")
    listed = [one for one in articles if isinstance(one, dict)] if isinstance(articles, list) else []
    return {str(one.get("id")): one.get("chars", -1) for one in listed}


def _read(path: Path) -> Json:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def describe_error(error: BookletError, language: Language | None = None) -> tuple[str, str]:
    """What ended the run, and what to do: two sentences.

    `expected` may name a type of the configuration, `reason` a sentence.
    """
    params = dict(error.params)
    for name, table in (("expected", "type"), ("reason", "reason")):
        key = f"{table}.{params.get(name, '')}"
        if key in messages.table(language or messages.user_language()):
            params[name] = messages.text(key, language, **params)
    message, hint = (
        messages.text(messages.variant(key, params, language), language, **params)
        for key in (f"error.{error.code}", f"error.{error.code}.hint")
    )
    return message, hint


def as_json(content: Any, *, ascii_only: bool = False) -> str:
    """JSON for people and programs, keys in the order given."""
    return json.dumps(content, ensure_ascii=ascii_only, indent=2)


def shown_path(path: Path, base: Path) -> str:
    """A path for people and reports: relative to `base` if it lies below it."""
    return str(path.relative_to(base)) if path.is_relative_to(base) else str(path)


def _output_object(output: Output, base: Path) -> Json:
    return {
        "format": output.format,
        "path": shown_path(output.path, base),
        "bytes": output.bytes,
        "sha256": output.sha256,
        "pages": output.pages,
    }
