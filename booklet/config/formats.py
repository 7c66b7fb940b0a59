"""How outputs are asked for: by name, and by the ending of a file's name.

The rows are `booklet.render.formats`'s and those of packages; whoever asks hands them in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from booklet.model import EpubProfile, Format


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatName:
    """What the configuration and the command line know of an output."""

    name: Format
    """As typed after `-f`."""
    ending: str
    """Of its files' names: `.epub`. The longest that fits wins: `a-booklet.pdf` is a folded booklet."""
    profile_endings: Mapping[EpubProfile, str] = field(default_factory=dict)
    """Instead of `ending`, for these profiles; such a name asks for the profile too."""
    needs: Format = ""
    """The output that it is made from, which is made first, whether it was asked for or not."""
    paper_alone: str = ""
    """The paper of its pages where none is named and the output that it needs was not asked for."""
    note: Mapping[str, str] = field(default_factory=dict)
    """What `--help` says of it in brackets, by language (`en`, `zh`)."""


FormatNames = Sequence[FormatName]


def ending(row: FormatName, profile: EpubProfile) -> str:
    """What the file's name ends with."""
    return row.profile_endings.get(profile, row.ending)


def row_asked(path: Path, rows: FormatNames) -> FormatName | None:
    """The output that a file's name asks for."""
    name = path.name.lower()
    fitting = [row for row in rows if name.endswith(row.ending)]
    return max(fitting, key=lambda row: len(row.ending), default=None)


def format_asked(path: Path, rows: FormatNames) -> str:
    """The name of that output; if there is none, the file's ending, for the complaint."""
    row = row_asked(path, rows)
    return row.name if row else path.suffix[1:]


def profile_asked(path: Path, row: FormatName) -> EpubProfile | None:
    """The profile that a file's name asks for, of those that have an ending of their own."""
    name = path.name.lower()
    return next((profile for profile, own in row.profile_endings.items() if name.endswith(own)), None)
