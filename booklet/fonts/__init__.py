"""Finds the faces that a booklet is set in: configured ones, then the system's, then the optional extra's.

Stands before `render`: the PDF engine and the cover both ask here, so that they use the same faces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from booklet.config.values import Role
from booklet.findings import Finding, finding
from booklet.fonts import families as known
from booklet.fonts.faces import Faces, LoadedFace, RoleFaces
from booklet.fonts.files import extra_faces, face_of_file, looks_like_file
from booklet.fonts.fontconfig import BOLD_WEIGHT, REGULAR_WEIGHT, Face, system_faces
from booklet.fonts.system import install_hint

__all__ = ["Face", "Faces", "LoadedFace", "RoleFaces", "find_faces"]

ROLES: tuple[Role, ...] = ("text", "heading", "kai", "fang", "mono")
_HAN_SAMPLE = "的一是学习中国"


@dataclass(slots=True)
class _Search:
    """The state of one search: what the system has, and what was decided so far."""

    by_family: dict[str, list[Face]]
    main: dict[Role, tuple[str, Face, Face | None]] = field(default_factory=dict)
    """Per role with a face of its own: its CSS family, regular and bold face."""
    configured: set[Role] = field(default_factory=set)
    """Roles whose face is the one that the configuration names."""
    loaded: list[LoadedFace] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_faces(*, configured: Mapping[Role, str], wanted: Mapping[Role, tuple[str, ...]]) -> Faces:
    """Choose a face for every role.

    `configured` maps roles to a family's name or a font file's path; `wanted` are the theme's families,
    tried before the known ones. A configured face that is not there is a finding, and the search goes on.
    """
    search = _Search(_by_family(system_faces()))
    for role in ROLES:
        _take_configured(search, role, configured.get(role, ""))
        if role in search.main:
            search.configured.add(role)
        else:
            _take_system(search, role, (*wanted.get(role, ()), *known.FAMILIES[role]))
    _take_extra(search)
    roles = {role: _role_faces(search, role, wanted.get(role, ())) for role in ROLES}
    asked = {role for role, value in configured.items() if value}
    for role in sorted(asked - search.configured):
        if regular := roles[role].regular:
            search.findings.append(finding("face-substituted", role=role, family=regular.families[0]))
    return Faces(
        roles=roles,
        regional=_regional(search, roles),
        loaded=tuple(search.loaded),
        chinese=roles["text"].regular is not None,
        install_hint=install_hint(),
        findings=tuple(search.findings),
    )


def _by_family(faces: Iterable[Face]) -> dict[str, list[Face]]:
    result: dict[str, list[Face]] = {}
    for face in faces:
        for family in face.families:
            result.setdefault(family.casefold(), []).append(face)
    return result


def _speaks_chinese(face: Face) -> bool:
    return all(face.covers(character) for character in _HAN_SAMPLE)


def _nearest(faces: Iterable[Face], weight: int) -> Face | None:
    upright = [face for face in faces if not face.slanted]
    return min(
        upright, key=lambda face: (abs(face.weight - weight), str(face.path), face.index), default=None
    )


def _system_pair(search: _Search, family: str) -> tuple[Face, Face | None] | None:
    """The regular and bold face of a family of the system that can set Chinese."""
    faces = search.by_family.get(family.casefold(), [])
    regular = _nearest(faces, REGULAR_WEIGHT)
    if regular is None or not _speaks_chinese(regular):
        return None
    bold = _nearest(faces, BOLD_WEIGHT)
    return regular, bold if bold and bold.weight > regular.weight else None


def _take_system(search: _Search, role: Role, candidates: Iterable[str]) -> None:
    for family in candidates:
        if pair := _system_pair(search, family):
            search.main[role] = (family, *pair)
            return


def _take_configured(search: _Search, role: Role, value: str) -> None:
    if not value:
        return
    if not looks_like_file(value):
        _take_system(search, role, (value,))
        return
    face = face_of_file(Path(value))
    if face and _speaks_chinese(face):
        _load(search, role, face)


def _load(search: _Search, role: Role, regular: Face, bold: Face | None = None) -> None:
    family = f"booklet-{role}"
    search.main[role] = (family, regular, bold)
    for face in (regular, bold):
        if face:
            search.loaded.append(LoadedFace(family, face is bold, face.path, face.index))


def _take_extra(search: _Search) -> None:
    """Fill text and heading from the extra where neither configuration nor system has them.

    It has no bold: the bold of Song is Hei, as printers did it before there were bold cuts.
    """
    if "text" in search.main:
        return
    serif, sans = extra_faces()
    if serif:
        _load(search, "text", serif, sans)
    if sans and "heading" not in search.main:
        _load(search, "heading", sans)


def _role_faces(search: _Search, role: Role, wanted: tuple[str, ...]) -> RoleFaces:
    chain = [role, *known.STAND_IN[role]]
    own = [search.main[name] for name in chain if name in search.main]
    there = _existing(search, wanted)
    latin = _existing(search, known.LATIN[role])
    chinese = [family for family, _, _ in own]
    # A mono face without Chinese still comes before a Chinese face that is not mono.
    first = [] if role == "mono" and role not in search.main else chinese[:1]
    symbols = _existing(search, known.SYMBOLS)
    leading = [*first, *there] if role in search.configured else [*there, *first]
    families = [*leading, *latin, *chinese, *symbols]
    regular, bold = own[0][1:] if own else (None, None)
    return RoleFaces((*dict.fromkeys(families), known.GENERIC[role]), regular, bold, role in search.main)


def _existing(search: _Search, families: Iterable[str]) -> list[str]:
    return [family for family in families if family.casefold() in search.by_family]


def _regional(search: _Search, roles: Mapping[Role, RoleFaces]) -> dict[str, dict[Role, tuple[str, ...]]]:
    result: dict[str, dict[Role, tuple[str, ...]]] = {}
    for language, by_role in known.REGIONAL.items():
        for role, candidates in by_role.items():
            if there := _existing(search, candidates)[:1]:
                rest = [family for family in roles[role].families if family not in there]
                # Before the Chinese faces, not before the Latin one of code: it is the same in all languages.
                first = next((at for at, family in enumerate(rest) if _sets_chinese(search, family)), 0)
                result.setdefault(language, {})[role] = (*rest[:first], *there, *rest[first:])
    return result


def _sets_chinese(search: _Search, family: str) -> bool:
    own = any(family == name for name, _, _ in search.main.values())
    return own or _system_pair(search, family) is not None
