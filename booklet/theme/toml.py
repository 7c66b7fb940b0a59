"""Reads `theme.toml` strictly: an unknown key or a wrong type is an error that names the nearest key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from booklet.config.values import OptionValue, Role
from booklet.findings import BookletError, Param
from booklet.parts import BY_NAME, LANDMARKS, TEXT, Folios, PartRow, Target, Where
from booklet.theme.faults import broken, snippet, toml_line
from booklet.theme.pictures import RASTER

OptionType = Literal["bool", "string", "int", "float", "choice", "colour"]

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
SIX = len("rrggbb")
NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
MAX_FILE_BYTES = 1_000_000
MAX_STRING = 200
"""Characters of a string option: a line on a cover, not a text."""
PAGE_KEYS = ("width", "height", "top", "outer", "bottom", "inner", "font_pt", "leading_pt")
MANIFEST_KEYS = ("name", "title", "extends", "page", "fonts", "labels", "options", "parts", "cover_logo")
PART_KEYS = ("place", "template", "before", "only", "in_contents", "landmark", "folios", "default")
OPTION_KEYS = ("type", "default", "choices", "help")


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """Margins and page in mm; type size and line pitch in pt."""

    top: float
    outer: float
    bottom: float
    inner: float
    font_pt: float
    leading_pt: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Option:
    """What `[booklets.options]` may set."""

    name: str
    type: OptionType
    default: OptionValue
    choices: tuple[str, ...]
    help: Mapping[str, str]
    """By language."""

    @property
    def wanted(self) -> str:
        """What a value must be, for messages."""
        if self.type == "choice":
            return " | ".join(self.choices)
        return {"bool": "true | false", "colour": "#rrggbb"}.get(self.type, self.type)

    def accepts(self, value: object) -> bool:
        """Whether a value is of the option's type."""
        match self.type:
            case "bool":
                return isinstance(value, bool)
            case "int":
                return isinstance(value, int) and not isinstance(value, bool)
            case "float":
                return isinstance(value, int | float) and not isinstance(value, bool)
            case "choice":
                return value in self.choices
            case "colour":
                return isinstance(value, str) and COLOUR.fullmatch(value) is not None
            case "string":
                return isinstance(value, str) and len(value) <= MAX_STRING and value.isprintable()

    def normalise(self, value: OptionValue) -> OptionValue:
        """One spelling for equal values: floats are floats, colours six lower-case digits."""
        if self.type == "float":
            return float(value)
        if self.type == "colour":
            digits = str(value).lower().removeprefix("#")
            return "#" + (digits if len(digits) == SIX else "".join(digit * 2 for digit in digits))
        return value


@dataclass(frozen=True, slots=True)
class Manifest:
    """`theme.toml` as it stands in one folder, without what is inherited."""

    name: str
    title: str
    extends: str
    pages: Mapping[str, PageGeometry]
    fonts: Mapping[Role, tuple[str, ...]]
    labels: Mapping[str, Mapping[str, str]]
    options: Mapping[str, Option]
    parts: Mapping[str, PartRow]
    """The pages that it adds."""
    cover_logo: str
    """A picture, by its name below the folder; empty: none."""


def read_manifest(folder: Path) -> Manifest:
    """Read a theme's `theme.toml`.

    Raises:
        BookletError: `theme-broken` (exit 2).
    """
    path = folder / "theme.toml"
    text = text_of(path, folder.name)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"\(at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        said = snippet(text, line)
        raise broken(folder.name, path, "toml", file=path.name, line=line, text=said) from error
    return _Reader(path, folder.name, text).manifest(data)


def text_of(path: Path, theme: str) -> str:
    """The text of a theme's file.

    Raises:
        BookletError: `theme-broken` (exit 2).
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise broken(theme, path, "unreadable", file=path.name) from error
    if len(data) > MAX_FILE_BYTES:
        raise broken(theme, path, "too-large", file=path.name)
    try:
        return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise broken(theme, path, "not-utf8", file=path.name, line=line) from error


@dataclass(frozen=True, slots=True)
class _Reader:
    """Knows the file, so that each complaint can name it."""

    path: Path
    theme: str
    text: str

    def manifest(self, data: dict[str, Any]) -> Manifest:
        self.known_keys("theme.toml", data, MANIFEST_KEYS)
        name = self.string("name", data.get("name"))
        if not NAME.fullmatch(name):
            raise self.broken("name", "name", value=name)
        return Manifest(
            name=name,
            title=self.string("title", data.get("title", name)),
            extends=self.string("extends", data.get("extends", "")),
            pages={
                paper: self.page(f"page.{paper}", value)
                for paper, value in self.table("page", data.get("page", {})).items()
            },
            fonts=self.fonts(self.table("fonts", data.get("fonts", {}))),
            labels={
                language: self.strings(f"labels.{language}", words)
                for language, words in self.table("labels", data.get("labels", {})).items()
            },
            options={
                option: self.option(option, self.table(f"options.{option}", value))
                for option, value in self.table("options", data.get("options", {})).items()
            },
            parts={
                part: self.part(part, self.table(f"parts.{part}", value))
                for part, value in self.table("parts", data.get("parts", {})).items()
            },
            cover_logo=self.logo(data.get("cover_logo", "")),
        )

    def part(self, name: str, value: dict[str, Any]) -> PartRow:
        where = f"parts.{name}"
        ours = BY_NAME.get(name)
        if not NAME.fullmatch(name) or name == TEXT or (ours and not ours.from_file):
            raise self.broken("part-name", where)
        self.known_keys(where, value, PART_KEYS)
        template = self.string(f"{where}.template", value.get("template", ""))
        if template and not template.endswith(".html.j2"):
            raise self.broken("template-ending", f"{where}.template")
        return PartRow(
            name=name,
            place=self.one_of(f"{where}.place", value.get("place", "front"), get_args(Where)[:-1]),
            template=template,
            from_file=ours is not None,
            before=self.string(f"{where}.before", value.get("before", "")),
            only=self.one_of(f"{where}.only", value.get("only", ""), ("", *get_args(Target))),
            in_contents=self.flag(f"{where}.in_contents", value.get("in_contents", True)),
            landmark=self.one_of(
                f"{where}.landmark", value.get("landmark", ours.landmark if ours else ""), ("", *LANDMARKS)
            ),
            folios=self.one_of(f"{where}.folios", value.get("folios"), (None, *get_args(Folios))),
            default=self.flag(f"{where}.default", value.get("default", True)),
        )

    def logo(self, value: object) -> str:
        """A picture that can be drawn on the cover."""
        name = self.string("cover_logo", value)
        if name and not name.lower().endswith(RASTER):
            raise self.broken("logo", "cover_logo", known=", ".join(RASTER))
        return name

    def flag(self, where: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.broken("wants-flag", where)
        return value

    def one_of(self, where: str, value: object, known: Iterable[Any]) -> Any:
        names = list(known)
        if value not in names:
            raise self.broken("one-of", where, known=", ".join(name for name in names if name))
        return value

    def page(self, where: str, value: object) -> PageGeometry:
        numbers = self.table(where, value)
        self.known_keys(where, numbers, PAGE_KEYS)
        for key in PAGE_KEYS:
            number = numbers.get(key)
            if isinstance(number, bool) or not isinstance(number, int | float) or number <= 0:
                raise self.broken("wants-number", f"{where}.{key}")
        return PageGeometry(**{key: float(numbers[key]) for key in PAGE_KEYS})

    def fonts(self, wanted: dict[str, Any]) -> dict[Role, tuple[str, ...]]:
        self.known_keys("fonts", wanted, get_args(Role))
        faces: dict[Role, tuple[str, ...]] = {}
        for role in get_args(Role):
            families = wanted.get(role)
            if families is None:
                continue
            if not isinstance(families, list) or not all(isinstance(family, str) for family in families):
                raise self.broken("wants-families", f"fonts.{role}")
            faces[role] = tuple(families)
        return faces

    def option(self, name: str, value: dict[str, Any]) -> Option:
        where = f"options.{name}"
        if not NAME.fullmatch(name):
            raise self.broken("name", where, value=name)
        self.known_keys(where, value, OPTION_KEYS)
        kind: OptionType | None = value.get("type")
        if kind is None or kind not in get_args(OptionType):
            raise self.broken("one-of", f"{where}.type", known=", ".join(get_args(OptionType)))
        choices = value.get("choices", [])
        if not isinstance(choices, list) or not all(isinstance(choice, str) for choice in choices):
            raise self.broken("wants-strings", f"{where}.choices")
        if (kind == "choice") != bool(choices):
            raise self.broken("choices", where)
        help_by_language = self.strings(f"{where}.help", value.get("help", {}))
        option = Option(name, kind, value.get("default", ""), tuple(choices), help_by_language)
        if "default" not in value or not option.accepts(value["default"]):
            raise self.broken("default", f"{where}.default", wanted=option.wanted)
        return Option(name, kind, option.normalise(option.default), option.choices, help_by_language)

    def string(self, where: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.broken("wants-string", where)
        return value

    def strings(self, where: str, value: object) -> dict[str, str]:
        return {key: self.string(f"{where}.{key}", text) for key, text in self.table(where, value).items()}

    def table(self, where: str, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.broken("wants-table", where)
        return value

    def known_keys(self, where: str, value: Mapping[str, object], known: Iterable[str]) -> None:
        names = list(known)
        for key in value:
            if key not in names:
                from difflib import get_close_matches

                near = get_close_matches(key, names, n=1)
                place = key if where == self.path.name else f"{where}.{key}"
                if near:
                    raise self.broken("key-near", place, key=key, near=near[0])
                raise self.broken("key-unknown", place, key=key, known=", ".join(names))

    def broken(self, code: str, where: str, **params: Param) -> BookletError:
        line = toml_line(self.text, where)
        return broken(self.theme, self.path, code, file=self.path.name, line=line, where=where, **params)
