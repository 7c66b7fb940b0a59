"""The style rules that stand before the theme's: paper, margins, type size, colours, faces, bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from booklet.config.values import OptionValue, Paper, Role
from booklet.fonts import Faces
from booklet.model import Booklet, Chapter
from booklet.parts import CONTENTS
from booklet.render.pdf.trees.names import BASE_URL, BOOKMARK_ATTRIBUTE, FACES
from booklet.theme import Theme
from booklet.theme.pages import Room, is_large, room_of
from booklet.theme.toml import PageGeometry

_FOLIO_PAGES = {"roman": "front", "arabic": "body", "none": "inside"}
"""The named pages of the bundled themes (`print.css`), by how they are numbered."""
_GENERIC_FAMILIES = frozenset({"serif", "sans-serif", "monospace"})


def css_preface(*, theme: Theme, options: Mapping[str, OptionValue], paper: Paper, faces: Faces) -> str:
    """All generated rules, as one style sheet."""
    page = theme.geometry(paper, large=is_large(options))
    parts = (
        *_font_faces(faces),
        *_page_rules(page, paper),
        _variables(theme, options, page, room_of(page, paper), faces),
        *_regional_rules(faces),
        _bookmark_rules(),
        # Version 70 hyphenates in the middle of a line that ends at a link (measured): half empty lines.
        "p, li, dd, td, th, blockquote { hyphens: manual !important; }",
    )
    return "\n".join(parts)


def folio_rules(booklet: Booklet, chapters: Sequence[Chapter]) -> str:
    """The named pages of parts that say their folios, or that the theme or the user added.

    They weigh nothing: any rule of the theme wins. Page 1 is a right-hand page: themes see to it behind the
    contents, here it is seen to behind other parts.
    """
    rules = [
        f":where(#{part.id}) {{ page: {_FOLIO_PAGES[part.row.folios or usual]}; }}"
        for parts, usual in ((booklet.front_matter, "roman"), (booklet.back_matter, "arabic"))
        for part in parts
        if part.row.folios or part.own or part.row.from_file
    ]
    first = next((at for at, chapter in enumerate(chapters) if chapter.row.place == "text"), 0)
    if first and chapters[first - 1].row != CONTENTS:
        rules.append(f"#{chapters[first].id} {{ break-before: right; }}")
    return "".join(f"\n{rule}" for rule in rules)


def _font_faces(faces: Faces) -> Iterator[str]:
    for face in faces.loaded:
        weight = "bold" if face.bold else "normal"
        yield (
            f'@font-face {{ font-family: "{face.family}"; font-weight: {weight}; '
            f'src: url("{BASE_URL}{FACES}{face.file_name}"); }}'
        )


def _page_rules(page: PageGeometry, paper: Paper) -> Iterator[str]:
    yield (
        f"@page {{ size: {paper.width_mm:g}mm {paper.height_mm:g}mm; "
        f"margin-top: {page.top:g}mm; margin-bottom: {page.bottom:g}mm; }}"
    )
    # Mirrored: the inner margin is at the binding, left of a right-hand page.
    yield f"@page :right {{ margin-left: {page.inner:g}mm; margin-right: {page.outer:g}mm; }}"
    yield f"@page :left {{ margin-left: {page.outer:g}mm; margin-right: {page.inner:g}mm; }}"


def _variables(
    theme: Theme, options: Mapping[str, OptionValue], page: PageGeometry, room: Room, faces: Faces
) -> str:
    variables = {
        name: str(options[name])
        for name, option in theme.options.items()
        if option.type == "colour" and name in options
    }
    variables |= {"font-size": f"{page.font_pt:g}pt", "leading": f"{page.leading_pt:g}pt"}
    variables |= {"text-width": f"{room.width:.2f}pt", "text-height": f"{room.height:.2f}pt"}
    variables |= {f"face-{role}": _family_list(found.families) for role, found in faces.roles.items()}
    if not faces.roles["kai"].own:  # a quotation would look like the text around it
        variables |= {"quotation-rule": "0.5pt solid #888", "quotation-room": "1em"}
    rules = " ".join(f"--{name}: {value};" for name, value in variables.items())
    return (
        f":root {{ {rules} font-size: {page.font_pt:g}pt; line-height: {page.leading_pt:g}pt; "
        "font-family: var(--face-text); }"
    )


def _regional_rules(faces: Faces) -> Iterator[str]:
    """Faces for other languages. `:where()` weighs nothing, so that any rule of the theme wins."""
    for language, by_role in faces.regional.items():
        rules = " ".join(f"--face-{role}: {_family_list(names)};" for role, names in _sorted(by_role))
        yield f":lang({language}) {{ {rules} }}"
    # Text in another language inherits the computed list of what is around it: have it computed again.
    yield ":where(body > [lang], p[lang], li[lang], div[lang]) { font-family: var(--face-text); }"


def _sorted(by_role: Mapping[Role, tuple[str, ...]]) -> list[tuple[Role, tuple[str, ...]]]:
    return sorted(by_role.items())


def _family_list(families: Iterable[str]) -> str:
    quoted = (name if name in _GENERIC_FAMILIES else f'"{_css_string(name)}"' for name in families)
    return ", ".join(quoted)


def _css_string(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _bookmark_rules() -> str:
    """Bookmarks come from the chapters, not from the theme's headings; inner heads are folded away."""
    return f"""
h1, h2, h3, h4, h5, h6 {{ bookmark-level: none !important; }}
[{BOOKMARK_ATTRIBUTE}] {{
  bookmark-label: attr({BOOKMARK_ATTRIBUTE}) !important;
  bookmark-level: 1 !important;
  bookmark-state: open !important;
}}
[{BOOKMARK_ATTRIBUTE}-level="2"] {{ bookmark-level: 2 !important; bookmark-state: closed !important; }}
[{BOOKMARK_ATTRIBUTE}-level="3"] {{ bookmark-level: 3 !important; }}
"""
