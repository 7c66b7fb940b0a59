"""Where the folders of themes are: the project's own, those that packages bring, the bundled ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


def bundled() -> Path:
    """Inside a wheel the themes lie in the package, in a checkout beside it."""
    installed = Path(__file__).parents[1] / "themes"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "themes"


@dataclass(frozen=True, slots=True)
class Homes:
    """Where themes are looked for."""

    project_dir: Path
    added: tuple[Path, ...]
    """Folders of themes that packages bring."""


def bundled_names() -> tuple[str, ...]:
    """The names that our own themes have."""
    return tuple(folder.name for folder in _in_home(bundled()))


def _in_home(home: Path) -> list[Path]:
    if not home.is_dir():
        return []
    return sorted(path for path in home.iterdir() if (path / "theme.toml").is_file())


def theme_folders(homes: Homes) -> tuple[Path, ...]:
    """The folders of all themes that can be named; of two with one name the first counts."""
    return (*_in_home(homes.project_dir / "themes"), *homes.added, *_in_home(bundled()))


def find_folder(name: str, homes: Homes, taken: tuple[Path, ...]) -> Path | None:
    """The theme's folder; `taken` are its descendants: a project's `study` may extend the bundled `study`."""
    if re.search(r"[/\\]|^\.", name):
        candidates = [homes.project_dir / name]
    else:
        added = [folder for folder in homes.added if folder.name == name]
        project = homes.project_dir
        candidates = [project / "themes" / name, *added, bundled() / name, project / name]
    for folder in candidates:
        if (folder / "theme.toml").is_file() and folder.resolve() not in taken:
            return folder
    return None
