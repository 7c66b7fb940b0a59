"""What `find_faces` answers: families for CSS, files for drawing, and the characters that no face covers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from booklet.config.values import Role
from booklet.findings import Finding
from booklet.fonts.fontconfig import Face, system_faces

_INVISIBLE_MARKS = (("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"), ("\u034f", "\u034f"))
"""Default ignorable code points of the mark categories (Unicode 16, DerivedCoreProperties)."""


@dataclass(frozen=True, slots=True)
class RoleFaces:
    """One role's faces."""

    families: tuple[str, ...]
    """A complete CSS font-family list, unquoted, best first; ends in a generic family."""
    regular: Face | None
    """The face that Chinese text of this role is set in."""
    bold: Face | None
    own: bool = True
    """Whether it is a face of this role's own, and not another role's that stands in."""


@dataclass(frozen=True, slots=True)
class LoadedFace:
    """A face that the system does not know and that must be given to the engine by @font-face."""

    family: str
    """The name that it gets in CSS."""
    bold: bool
    path: Path
    index: int

    @property
    def file_name(self) -> str:
        """A name for its URL, unique among the loaded faces."""
        return f"{self.family}-{'bold' if self.bold else 'regular'}{self.path.suffix.lower()}"


@dataclass(frozen=True, slots=True)
class Faces:
    """Everything that renderers need to know of faces."""

    roles: Mapping[Role, RoleFaces]
    regional: Mapping[str, Mapping[Role, tuple[str, ...]]]
    """By language of a `:lang()` rule (`zh-TW`, `ja`, …), family lists where such faces exist."""
    loaded: tuple[LoadedFace, ...]
    chinese: bool
    """Whether Chinese text can be set at all."""
    install_hint: str
    """The one command that installs a Chinese face on this system."""
    findings: tuple[Finding, ...] = ()

    def path_for(self, role: Role, *, bold: bool = False) -> tuple[Path, int] | None:
        """The font file and the face's index in it, for drawing with Pillow; None without a Chinese face."""
        faces = self.roles[role]
        face = (faces.bold or faces.regular) if bold else faces.regular
        return (face.path, face.index) if face else None

    def missing(self, texts: Iterable[str]) -> frozenset[str]:
        """The characters that neither the roles' faces nor any face of the system covers.

        They would print as boxes. The engine falls back to every face of the system after the list, so those
        count. Spaces, controls, joiners and variation selectors need no glyph.
        """
        characters: set[str] = set()
        for text in texts:
            characters.update(text)
        left = {character for character in characters if _needs_glyph(character)}
        for face in self._all_faces():
            if not left:
                break
            left = {character for character in left if not face.covers(character)}
        return frozenset(left)

    def _all_faces(self) -> Iterable[Face]:
        for role in self.roles.values():
            if role.regular:
                yield role.regular
        yield from system_faces()


def _needs_glyph(character: str) -> bool:
    if character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
        return False
    return not any(first <= character <= last for first, last in _INVISIBLE_MARKS)
