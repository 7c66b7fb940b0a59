"""From settings as written to the values of `booklet.config.values`; every complaint names the place."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from booklet.categories import parse_path
from booklet.config.flags import SPELLING
from booklet.config.formats import FormatNames, profile_asked, row_asked
from booklet.config.papers import LARGEST_MM, PAPERS, SHEETS, SMALLEST_MM, parse_paper
from booklet.config.settings import Setting, Settings, located
from booklet.config.values import ImagesConfig, MetaConfig, Paper, Role, SectionLevel, SortOrder
from booklet.findings import BookletError
from booklet.model import CategoryPath, EpubProfile, Format
from booklet.parts import PARTS
from booklet.sites import LineBreaks

EPUB_PROFILES: tuple[EpubProfile, ...] = get_args(EpubProfile)
SORT_ORDERS: tuple[SortOrder, ...] = get_args(SortOrder)
LINE_BREAKS: tuple[LineBreaks, ...] = get_args(LineBreaks)
SECTION_LEVELS: Mapping[str, SectionLevel] = {"auto": "auto", "0": 0, "1": 1, "2": 2, "3": 3}
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2")
MAX_CONNECTIONS = 256
"""More sockets than a default Windows or macOS process may hold open helps no office line."""

Choice = TypeVar("Choice", bound=str)


def text(settings: Settings, key: str) -> str:
    """A string; unset: empty."""
    return str(settings[key].value) if key in settings else ""


def texts(settings: Settings, key: str) -> tuple[str, ...]:
    """A list of strings."""
    value = settings[key].value if key in settings else []
    return tuple(value) if isinstance(value, list) else (str(value),)


def flag(settings: Settings, key: str) -> bool:
    """A boolean; unset: false."""
    return key in settings and settings[key].value is True


def choice(value: str, where: str, valid: Iterable[Choice]) -> Choice:
    """`value` as one of `valid`.

    Raises:
        BookletError: `value-invalid` (exit code 2), which lists what is valid.
    """
    for one in valid:
        if one == value.strip().lower():
            return one
    raise invalid(value, where, valid)


def invalid(value: object, where: str, valid: Iterable[str]) -> BookletError:
    """The complaint about a value that is not one of `valid`, the nearest first."""
    known = ", ".join(nearest_first(str(value), valid))
    return BookletError("value-invalid", exit_code=2, value=str(value), where=where, known=known)


def nearest_first(value: str, valid: Iterable[str]) -> list[str]:
    """What is valid, with what is spelt like `value` before the rest."""
    known = list(valid)
    near = get_close_matches(value.lower(), known, n=1, cutoff=0.5)
    return [*near, *(one for one in known if one not in near)]


def categories(settings: Settings, key: str) -> tuple[CategoryPath, ...]:
    """Category paths; empty ones are dropped."""
    return tuple(path for path in map(parse_path, texts(settings, key)) if path)


def limit(settings: Settings) -> int | None:
    """`limit`, at least 1.

    Raises:
        BookletError: `number-invalid` (exit code 2).
    """
    if "limit" not in settings:
        return None
    return int(number(settings["limit"], smallest=1, whole=True))


def processes(flag: str | None) -> int | None:
    """`--jobs`, at least 1.

    Raises:
        BookletError: `number-invalid` (exit code 2).
    """
    return None if flag is None else int(number(Setting(flag, "flag", "--jobs"), smallest=1, whole=True))


def number(setting: Setting, *, smallest: float, largest: float = math.inf, whole: bool = False) -> float:
    """A number within bounds.

    Raises:
        BookletError: `number-invalid` (exit code 2).
    """
    try:
        value = float(cast(Any, setting.value))
    except (ValueError, OverflowError):  # "many", 10**400
        value = math.nan
    if math.isfinite(value) and smallest <= value <= largest and not (whole and value != int(value)):
        return value
    raise BookletError(
        "number-invalid",
        exit_code=2,
        value=str(setting.value),
        where=setting.where,
        bounds=f"{smallest:g} – {largest:g}" if largest != math.inf else f"≥ {smallest:g}",
    )


def section_level(settings: Settings) -> SectionLevel:
    """`section_level`."""
    setting = settings["section_level"]
    return SECTION_LEVELS[choice(str(setting.value), setting.where, SECTION_LEVELS)]


def sort_order(settings: Settings) -> SortOrder:
    """`sort`."""
    return choice(text(settings, "sort"), settings["sort"].where, SORT_ORDERS)


def formats(settings: Settings, rows: FormatNames) -> tuple[Format, ...]:
    """`formats`, without repeats; `rows` are the outputs that there are.

    Raises:
        BookletError: `value-invalid`, or `value-empty` for none at all (exit code 2).
    """
    where = settings["formats"].where
    chosen = [choice(value, where, [row.name for row in rows]) for value in texts(settings, "formats")]
    if not chosen:
        raise BookletError("value-empty", exit_code=2, where=where)
    return tuple(dict.fromkeys(chosen))


def paper(settings: Settings) -> Paper:
    """`paper`.

    Raises:
        BookletError: `paper-invalid` (exit code 2).
    """
    found = parse_paper(text(settings, "paper"))
    if not found:
        raise BookletError(
            "paper-invalid",
            exit_code=2,
            value=text(settings, "paper"),
            where=settings["paper"].where,
            known=", ".join(PAPERS),
            smallest=SMALLEST_MM,
            largest=LARGEST_MM,
        )
    return found


def page(settings: Settings, formats: Sequence[Format], rows: FormatNames) -> Paper:
    """The paper of a page: `paper`, or A5 where the PDF is only made to be folded and none was named with it.

    A file's `paper` was written for the file's `formats`: `-f booklet` as a flag means A5 all the same.
    (It is the row's `paper_alone` that says so.)

    Raises:
        BookletError: `paper-invalid` (exit code 2).
    """
    asked = [row for row in rows if row.name in formats]
    alone = next((row.paper_alone for row in asked if row.paper_alone and row.needs not in formats), "")
    strength = ("default", "file", "flag").index
    if alone and strength(settings["paper"].origin) < strength(settings["formats"].origin):
        return Paper(alone, *PAPERS[alone])
    return paper(settings)


def epub_profile(settings: Settings, outputs: Sequence[Path], rows: FormatNames) -> EpubProfile:
    """`epub_profile`; where no flag says otherwise, a file called `….kepub.epub` asks for Kobo's.

    Raises:
        BookletError: `value-invalid`, or `ending-wrong`: a file's name and the profile contradict each other
            (exit code 2).
    """
    setting = settings["epub_profile"]
    profile = choice(str(setting.value), setting.where, EPUB_PROFILES)
    asked = [(path, row) for path in outputs if (row := row_asked(path, rows)) and row.profile_endings]
    by_name = [named for path, row in asked if (named := profile_asked(path, row))]
    if by_name and setting.origin != "flag":
        profile = by_name[0]
    for path, row in asked:
        named = profile_asked(path, row)
        if named != (profile if profile in row.profile_endings else None):
            ending = row.profile_endings[named or profile]
            raise BookletError("ending-wrong", exit_code=2, path=path.name, ending=ending)
    return profile


def sheet(value: str | None) -> Paper | None:
    """`--sheet`.

    Raises:
        BookletError: `value-invalid` (exit code 2).
    """
    by_name = {paper.name: paper for paper in SHEETS}
    return by_name[choice(value.strip().lower(), SPELLING["sheet"], tuple(by_name))] if value else None


def images(settings: Settings) -> ImagesConfig:
    """`[images]`.

    Raises:
        BookletError: a number out of bounds, or a proxy without a placeholder (exit code 2).
    """
    proxies = texts(settings, "proxies")
    for template in proxies:
        if not any(mark in template for mark in ("{url}", "{url_encoded}", "{host_path}")):
            where = settings["proxies"].where
            raise BookletError("proxy-invalid", exit_code=2, value=template, where=where)
    connections, per_host = (
        int(number(settings[key], smallest=1, largest=MAX_CONNECTIONS, whole=True))
        for key in ("connections", "connections_per_host")
    )
    return ImagesConfig(
        proxies=proxies,
        network_proxy=text(settings, "network_proxy"),
        allow_hosts=texts(settings, "allow_hosts"),
        max_mb=number(settings["max_mb"], smallest=0.1),
        timeout_s=number(settings["timeout_s"], smallest=0.1),
        connections=connections,
        connections_per_host=per_host,
    )


def line_breaks(settings: Settings, project_dir: Path) -> dict[Path, LineBreaks]:
    """`line_breaks` of the sources, by their paths, links resolved.

    Raises:
        BookletError: `value-invalid` (exit code 2).
    """
    chosen = {path: choice(str(one.value), one.where, LINE_BREAKS) for path, one in settings.items()}
    return {Path(os.path.realpath(located(project_dir, path))): one for path, one in chosen.items()}


def meta(settings: Settings) -> MetaConfig:
    """`meta`."""
    return MetaConfig(
        publisher=text(settings, "publisher"),
        creators=texts(settings, "creators"),
        series=text(settings, "series"),
        number=text(settings, "number"),
        subtitle=text(settings, "subtitle"),
        rights=text(settings, "rights"),
    )


def part_texts(settings: Settings, project_dir: Path) -> dict[str, Path]:
    """The files of parts that are made of the user's own text; nobody has looked whether they are there."""
    named = {row.name: text(settings, row.name) for row in PARTS if row.from_file}
    return {part: located(project_dir, path) for part, path in named.items() if path}


def fonts(settings: Settings, project_dir: Path) -> dict[Role, str]:
    """`[fonts]`: family names as they are, files relative to the project made absolute."""
    roles: tuple[Role, ...] = get_args(Role)
    found = {}
    for role in roles:
        value = text(settings, role)
        if value.lower().endswith(FONT_ENDINGS):
            value = str(located(project_dir, value))
        if value:
            found[role] = value
    return found
