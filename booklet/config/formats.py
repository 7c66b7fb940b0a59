"""The outputs by name, and by the ending of a file's name."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from booklet.model import EpubProfile, Format

ENDINGS: dict[Format, str] = {"booklet": "-booklet.pdf", "epub": ".epub", "pdf": ".pdf"}
"""The more particular first: a folded booklet is a PDF too."""

KEPUB_ENDING = ".kepub.epub"
"""By which Kobo knows books for its own engine; all others it gives to Adobe's."""


def ending(form: Format, profile: EpubProfile) -> str:
    """What the file's name ends with."""
    return KEPUB_ENDING if form == "epub" and profile == "kobo" else ENDINGS[form]


def format_asked(path: Path) -> str:
    """The format that a file's name asks for; if it is none of ours, the name's ending, for the complaint."""
    name = path.name.lower()
    return next((form for form, ending in ENDINGS.items() if name.endswith(ending)), path.suffix[1:])


def format_named(path: Path) -> Format:
    """The format of a file whose name was found to ask for one of ours."""
    return cast(Format, format_asked(path))
