"""The public interface: configure, choose, build. `booklet.tools` holds its smaller jobs.

`import booklet` gives these names and the types they take and give; `.github/docs/python.md` is their page,
and says what stays as it is. Nothing heavy is imported before it is used: `--help` stands on this module.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import Executor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import outputs
from booklet.config import load
from booklet.config.flags import Flags
from booklet.events import Cancel, Event, Reporter, silent
from booklet.extensions import Extensions, given_or_found
from booklet.findings import BookletError
from booklet.report import Json, article_object, finding_objects, report_document
from booklet.words.messages import Language, text

if TYPE_CHECKING:  # only types: what they import would cost `--help` its speed
    from booklet.config.load import Loaded
    from booklet.config.values import Config, Job
    from booklet.results import BuildResult, Chosen


def load_settings(
    flags: Flags | None = None,
    *,
    folder: Path | None = None,
    now: datetime | None = None,
    environ: Mapping[str, str] | None = None,
    extensions: Extensions | None = None,
) -> Loaded:
    """The configuration, and the settings it was made of: whatever may be built from it, also nothing.

    Args: as `load_config` has them.

    Raises:
        BookletError: wrong usage or configuration (exit code 2).
    """
    return load.load(
        flags or Flags(),
        cwd=(folder or Path()).absolute(),
        now=now or datetime.now(UTC),
        environ=os.environ if environ is None else environ,
        formats=given_or_found(extensions).all_formats,
    )


def load_config(
    flags: Flags | None = None,
    *,
    folder: Path | None = None,
    now: datetime | None = None,
    environ: Mapping[str, str] | None = None,
    extensions: Extensions | None = None,
) -> Config:
    """The configuration of a run that reads articles. One source missing among several is a finding later.

    Args:
        flags: what the command line could say; it wins over `booklet.toml`. None: nothing.
        folder: where `booklet.toml` is looked for, then in the nearest folder above; relative paths of
            `flags` start here. None: the working folder.
        now: aware; what `week = "last"` is counted from. None: the present.
        environ: `BOOKLET_CACHE_DIR` and `SOURCE_DATE_EPOCH` are read. None: the process's own.
        extensions: what packages add. None: whatever installed ones do; `NO_EXTENSIONS`: nothing.

    Raises:
        BookletError: wrong usage or configuration, also `no-sources`, `sources-missing` (exit code 2).
    """
    config = load_settings(flags, folder=folder, now=now, environ=environ, extensions=extensions).config
    sources = config.jobs[0].sources
    if not sources:
        raise BookletError("no-sources", exit_code=2)
    if not any(source.exists() for source in sources):
        raise BookletError("sources-missing", exit_code=2, paths=", ".join(map(str, sources)))
    return config


def settings_as_toml(loaded: Loaded, *, language: Language | None = None) -> str:
    """A `booklet.toml` that configures the same run; each line says in `language` where its value is from."""
    from booklet.config.show import as_toml

    return as_toml(loaded, origin_text=lambda origin: text(f"ui.origin-{origin}", language))


def choose(
    config: Config,
    job: Job,
    *,
    progress: Reporter = silent,
    cancel: Cancel | None = None,
    extensions: Extensions | None = None,
) -> Chosen:
    """What goes into a booklet, in order: reads and selects the articles, makes nothing.

    Args:
        config: of `load_config`.
        job: one of `config.jobs`.
        progress: called with each `Event`, in this thread.
        cancel: tells the work from another thread to stop.
        extensions: as in `load_config`.

    Raises:
        BookletError: nothing found or selected (exit code 4); `interrupted` (130).
    """
    from booklet.pipeline import choose as chosen_by

    return chosen_by(config, job, report=_watched(progress, cancel), extensions=given_or_found(extensions))


def build(
    config: Config,
    job: Job,
    *,
    progress: Reporter = silent,
    cancel: Cancel | None = None,
    executor: Executor | None = None,
    base: Path | None = None,
    language: Language | None = None,
    extensions: Extensions | None = None,
) -> BuildResult:
    """Make one booklet: its files, and `report.json` beside them.

    Several may be built at once, by threads of one process. What is told to stop before its files are written
    leaves none of them.

    Args:
        config: of `load_config`.
        job: one of `config.jobs`.
        progress: called with each `Event`, in this thread or in one of the build's own.
        cancel: tells the build from another thread to stop.
        executor: lays out the PDF of a long booklet, e.g. on a cluster; None: processes of our own do.
        base: the report's paths are relative to it. None: the working folder.
        language: of the report's messages. None: the user's.
        extensions: as in `load_config`.

    Raises:
        BookletError: nothing selected (exit code 4), a faulty theme, a file that is not ours (2), a disk that
            is full (1), `interrupted` (130).
    """
    from booklet.pipeline import build as built_by

    result = built_by(
        config,
        job,
        report=_watched(progress, cancel),
        executor=executor,
        extensions=given_or_found(extensions),
    )
    document = report_document(result, base=base or Path.cwd(), language=language)
    outputs.keep_report(document, result.folder)
    outputs.settle(result.outputs)
    return result


def _watched(progress: Reporter, cancel: Cancel | None) -> Reporter:
    """A reporter that ends the work when it is told to: all long work reports often."""
    if cancel is None:
        return progress

    def watched(event: Event) -> None:
        cancel.check()
        progress(event)

    return watched


def chosen_document(
    chosen: Chosen, *, language: Language | None = None, extensions: Extensions | None = None
) -> Json:
    """What `booklet list --json` prints: the report's article objects without pages, and findings."""
    from booklet.clean import clean

    known = given_or_found(extensions)
    steps, providers = known.all_steps(), known.all_providers()
    cleaned = (clean(article, steps=steps, providers=providers) for article in chosen.articles)
    return {
        "articles": [article_object(one.article, chars=one.text_chars) for one in cleaned],
        "findings": finding_objects(chosen.findings, language),
    }
