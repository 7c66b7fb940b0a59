"""Findings: what went wrong or was mended without stopping the work; and the one fatal error.

A finding carries a code and parameters, never a sentence: sentences live in `booklet.words.messages`, one
folder a language: pure stages stay without language. The report's `message` and `hint` come from there.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Literal

Level = Literal["info", "warning", "error"]
"""The one place that says what levels mean and what exit codes follow from them.

`info`: nothing is lost. `warning`: something is not in the booklet as it is in the source (an article that
cannot be read, a missing picture); the rest is built: exit code 0, and 3 under `--strict`.
`error`: a whole output could not be made (exit code 1), or a file that was checked is faulty (3).
"""
Param = str | int | float

CODES: dict[str, Level] = {
    # collect
    "front-matter-repaired": "info",
    "front-matter-missing": "info",
    "file-unreadable": "warning",
    "file-too-large": "warning",
    "encoding-guessed": "info",
    "encoding-mixed": "info",
    "date-invalid": "warning",
    "date-from-file-name": "info",
    "date-missing": "warning",
    "date-zero": "warning",
    "date-absurd": "warning",
    "page-parts-dropped": "info",
    "title-missing": "info",
    "title-shortened": "info",
    "duplicate-source": "warning",
    "source-missing": "warning",
    "site-read": "info",
    "site-unreadable": "warning",
    "line-ends-kept": "info",
    "line-ends-joined": "info",
    "article-expired": "info",
    "page-left-out": "info",
    "order-unknown": "warning",
    "section-unknown": "warning",
    "period-dropped": "info",
    "front-matter-unclosed": "warning",
    "front-matter-too-large": "warning",
    "file-binary": "warning",
    "encoding-damaged": "warning",
    "folder-unreadable": "warning",
    "link-not-followed": "info",
    "source-unsupported": "warning",
    "source-failed": "warning",
    "undated-left-out": "warning",
    "draft-left-out": "info",
    "category-unknown": "warning",
    "category-empty": "info",
    "exclude-unknown": "warning",
    # packages that add rows
    "plugin-unusable": "warning",
    "plugin-wrong-type": "warning",
    "plugin-clash": "warning",
    "provider-failed": "warning",
    "format-failed": "error",
    # clean
    "body-empty": "warning",
    "body-truncated": "warning",
    "clean-failed": "warning",
    "embed-unknown": "info",
    "container-open": "info",
    "expression-dropped": "info",
    "note-embedded": "info",
    "note-uncalled": "info",
    "video-without-address": "warning",
    "tag-dropped": "info",
    "tag-unknown": "warning",
    "tag-unresolved": "warning",
    "tag-value-unknown": "warning",
    "include-missing": "info",
    "markup-left": "info",
    "lines-dropped": "info",
    "block-dropped": "info",
    "depth-capped": "warning",
    "text-divided": "info",
    "markup-capped": "warning",
    "markdown-capped": "warning",
    "formula-plain": "warning",
    "step-failed": "warning",
    "step-name-taken": "warning",
    "step-unknown": "warning",
    "step-order": "warning",
    # images
    "image-missing": "warning",
    "image-refused": "warning",
    "image-alike": "warning",
    "image-stale": "info",
    "image-way": "info",
    "network-proxy": "info",
    "cache-unusable": "warning",
    # render
    "cover-without-face": "warning",
    "alt-missing": "info",
    "epub-too-large-to-mail": "warning",
    "face-missing": "error",
    "pango-missing": "error",
    "engine-unusable": "error",
    "pdf-failed": "error",
    "face-substituted": "warning",
    "kai-missing": "info",
    "face-unusable": "warning",
    "glyph-missing": "warning",
    "glyphs-missing": "warning",
    "script-missing": "warning",
    "article-not-set": "warning",
    "text-cut": "warning",
    "set-as-one-document": "info",
    "engine-changed": "warning",
    "harfbuzz-subset-missing": "warning",
    "theme-option-unknown": "warning",
    "theme-template-unused": "warning",
    "theme-block-unknown": "warning",
    "theme-css-dropped": "warning",
    # files
    "output-stale": "warning",
    # impose
    "pdf-damaged": "warning",
    "annotations-not-printed": "warning",
    # check
    "check-epub": "error",
    "check-epub-warning": "warning",
    "check-pdf": "error",
    "preflight-titles": "warning",
    "preflight-language": "warning",
    "preflight-comments": "warning",
    "preflight-css-variables": "warning",
    "preflight-mail": "info",
    "preflight-ncx": "warning",
    "preflight-ncx-depth": "info",
    "preflight-file-name": "info",
    "preflight-entry-names": "warning",
    "preflight-picture-types": "warning",
    "preflight-picture-size": "warning",
    "preflight-page-size": "warning",
    "preflight-encoding": "warning",
    "preflight-fragments": "warning",
    "preflight-body-links": "warning",
    "preflight-picture-source": "warning",
    "preflight-remnants": "warning",
    "preflight-cover": "info",
    "preflight-kobo": "warning",
    "check-font-not-embedded": "error",
    "check-glyph-texts": "warning",
    "check-java-missing": "warning",
    "check-unsupported": "error",
    "part-file-unused": "warning",
    "check-unreadable": "error",
    "check-tool-failed": "error",
}
"""Every code and its level. Each has a message in every language of `booklet.words.messages` (tested)."""

DETAILS: frozenset[str] = frozenset({"image-way"})
"""What is told on screen with `-v` only, being no news; a report has it always."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the user should know of, at one place.

    Raises:
        KeyError: the code is not in `CODES` (a programming error).
    """

    code: str
    source: str = ""
    """The article's path relative to its root, with "/"; a file's path; or empty."""
    line: int | None = None
    """1-based line in the source file."""
    params: tuple[tuple[str, Param], ...] = ()
    """Values for the message's placeholders, e.g. `(("url", "https://…"),)`."""

    def __post_init__(self) -> None:
        CODES[self.code]

    @property
    def level(self) -> Level:
        """The code's level."""
        return CODES[self.code]


def finding(code: str, source: str = "", line: int | None = None, **params: Param) -> Finding:
    """Make a finding, parameters by keyword, sorted by name so that equal findings compare equal."""
    return Finding(code, source, line, tuple(sorted(params.items())))


def system_reason(error: OSError | ValueError) -> str:
    """Why the system refused: a code with a sentence `reason.os-…` in every language, else its own words."""
    if not isinstance(error, OSError):
        return str(error)
    name = errno.errorcode.get(error.errno or 0, "").lower()
    return f"os-{name}" if name in OS_REASONS else error.strerror or str(error) or type(error).__name__


OS_REASONS = frozenset(
    {
        *("eacces", "eperm", "enoent", "enotdir", "eisdir", "eexist", "eloop", "enametoolong"),
        *("enospc", "edquot", "efbig", "erofs", "eio", "ebusy", "etxtbsy", "emfile", "enfile", "enomem"),
    }
)
"""What the system says that people meet, by the names of POSIX."""


class BookletError(Exception):
    """What is fatal: ends the run with one sentence, a hint and an exit code.

    `code` names the sentence `error.<code>` and the hint `error.<code>.hint` of `booklet.words.messages`;
    `findings` are what was found on the way there and may explain it.
    """

    findings: tuple[Finding, ...] = ()

    def __init__(self, code: str, *, exit_code: int = 1, source: str = "", **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.exit_code = exit_code
        self.source = source
        self.params = params
