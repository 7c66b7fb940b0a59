"""A theme with all that it inherits, as a frozen value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from booklet.config.values import OptionValue, Paper, Role
from booklet.findings import BookletError, Finding, finding
from booklet.model import ImageAsset
from booklet.parts import PartRow, Target, with_added
from booklet.theme.pages import page_for
from booklet.theme.pictures import picture_key, with_pictures
from booklet.theme.toml import Option, PageGeometry

NO_IMAGES: Mapping[str, ImageAsset] = MappingProxyType({})
PICTURE_HEIGHT = re.compile(r"--(tall-)?picture-height:\s*(\d+(?:\.\d+)?)vh")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with all that it inherits."""

    name: str
    title: str
    extends: str
    folder: Path
    templates: Mapping[str, str]
    """By file name; the parent's own also as `parent/<name>`, its parent's as `parent/parent/<name>`."""
    base_css: str
    epub_css: str
    print_css: str
    large_css: str
    """Follows `print_css` in large print."""
    narrow_css: str
    """Follows both where lines are short (`theme_pages.is_narrow`)."""
    rtl_css: str
    """Follows all of them where something is written from right to left."""
    options: Mapping[str, Option]
    labels: Mapping[str, Mapping[str, str]]
    """By BCP 47 language."""
    fonts: Mapping[Role, tuple[str, ...]]
    """Families wanted per role, best first."""
    pages: Mapping[str, PageGeometry]
    """By paper name."""
    parts: Mapping[str, PartRow] = field(default_factory=dict)
    """The pages that it adds, by name."""
    folders: tuple[Path, ...] = ()
    """Where its pictures are looked for: its own, then its ancestors'."""
    pictures: Mapping[str, Path] = field(default_factory=dict)
    """Those that its templates and style sheets name, by these names."""
    own: tuple[str, ...] = ()
    """The names of its own templates and style sheets."""
    findings: tuple[Finding, ...] = ()
    """What its author should look at: templates that nobody uses, blocks and rules without effect."""
    cover_logo: str = ""
    """The one on the EPUB's drawn cover."""

    @property
    def rows(self) -> tuple[PartRow, ...]:
        """All pages that a booklet of this theme may have, in order."""
        return with_added(tuple(self.parts.values()))

    def css(
        self,
        target: Target,
        images: Mapping[str, ImageAsset] = NO_IMAGES,
        *,
        large: bool = False,
        narrow: bool = False,
        rtl: bool = False,
    ) -> str:
        """The style sheet of one output: what is shared, then the output's own rules.

        Its pictures are `images/<asset>`, as in chapters; `images` are the booklet's, by key.

        Raises:
            BookletError: `theme-broken`, a picture of the theme is none that can be read.
        """
        if target == "epub":
            css = f"{self.base_css}\n{self.epub_css}"
        else:
            sheets = (self.base_css, self.print_css, self.large_css * large, self.narrow_css * narrow)
            css = "\n".join(filter(None, sheets))
        if rtl:
            css = f"{css}\n{self.rtl_css}"
        return with_pictures(css, self.picture_srcs(images)) if self.pictures else css

    @property
    def picture_files(self) -> dict[str, Path]:
        """The files of its pictures, by their keys among a booklet's."""
        return {picture_key(name): path for name, path in self.pictures.items()}

    def picture_srcs(self, images: Mapping[str, ImageAsset]) -> dict[str, str]:
        """The pictures' addresses in chapters, by the theme's own names for them.

        Raises:
            BookletError: `theme-broken`, as above.
        """
        return {name: f"images/{self.picture(name, images).name}" for name in self.pictures}

    def picture(self, name: str, images: Mapping[str, ImageAsset]) -> ImageAsset:
        """One of its pictures, as the output has it.

        Raises:
            BookletError: `theme-broken`, as above.
        """
        asset = images.get(picture_key(name))
        if asset is None:
            raise BookletError(
                "theme-broken",
                exit_code=2,
                source=str(self.pictures[name]),
                theme=self.name,
                reason="theme-picture-unreadable",
                name=name,
            )
        return asset

    def resolve_options(
        self, given: Mapping[str, OptionValue]
    ) -> tuple[Mapping[str, OptionValue], tuple[Finding, ...]]:
        """All options with their values: those given, else the defaults.

        Unknown ones are findings, which stand behind those of the theme's own files.

        Raises:
            BookletError: `theme-option-invalid` (exit 2), a value is not of the option's type.
        """
        values = {name: option.default for name, option in self.options.items()}
        findings = []
        for name, value in given.items():
            option = self.options.get(name)
            if option is None:
                findings.append(self._unknown(name))
            elif not option.accepts(value):
                raise BookletError(
                    "theme-option-invalid",
                    exit_code=2,
                    theme=self.name,
                    option=name,
                    value=str(value),
                    wanted=option.wanted,
                )
            else:
                values[name] = option.normalise(value)
        return values, (*self.findings, *findings)

    def _unknown(self, option: str) -> Finding:
        near = get_close_matches(option.lower(), self.options, n=1, cutoff=0.0)
        return finding("theme-option-unknown", theme=self.name, option=option, near=near[0] if near else "–")

    def labels_for(self, language: str) -> Mapping[str, str]:
        """The words of the nearest language; what it lacks is English, or the theme's first language.

        The title of a page that the theme adds is that of any language, before there is none.
        """
        first = next(iter(self.labels.values()), {})
        others = self.labels.get("en", first)
        titles = {part: words[part] for part in self.parts for words in self.labels.values() if part in words}
        return {**titles, **others, **self.labels.get(nearest_language(language, self.labels), {})}

    def speaks(self, language: str) -> bool:
        """Whether there are words in this language, in whatever script or region."""
        main = language.lower().partition("-")[0]
        return any(known.lower().partition("-")[0] == main for known in self.labels)

    def picture_heights(self) -> tuple[float, float]:
        """How high print lets ordinary and tall pictures be, as shares of the page's height.

        They are the style sheet's `--picture-height` and `--tall-picture-height`, in `vh`; without them
        pictures may be as high as the page.
        """
        heights = {name: float(share) / 100 for name, share in PICTURE_HEIGHT.findall(self.print_css)}
        return heights.get("", 1.0), heights.get("tall-", 1.0)

    def geometry(self, paper: Paper, *, large: bool) -> PageGeometry:
        """Margins and type of a paper, in large print if asked for (`theme_pages.is_large`)."""
        return page_for(self.pages, paper, large=large)


def nearest_language(wanted: str, known: Mapping[str, object]) -> str:
    """The best of the known languages: the same tag, script of Chinese, or language; else `en`."""
    tags = {tag.lower(): tag for tag in known}
    lowered = wanted.lower()
    if lowered in tags:
        return tags[lowered]
    subtags = lowered.split("-")
    if subtags[0] == "zh":
        traditional = "hant" in subtags or ({"tw", "hk", "mo"} & set(subtags) and "hans" not in subtags)
        lowered = "zh-tw" if traditional else "zh-cn"
    same = [tag for tag in sorted(tags) if tag == lowered or tag.split("-")[0] == subtags[0]]
    if lowered in same:
        return tags[lowered]
    return tags[same[0]] if same else "en"
