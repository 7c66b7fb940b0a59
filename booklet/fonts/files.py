"""Faces that are given as files: by path in the configuration, or by the optional extra.

They reach the PDF engine as whole `.otf`/`.ttf` bytes through @font-face. Never woff2 slices: the engine
merges slices of one family and prints wrong characters (measured).
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from booklet.fonts.fontconfig import Face, faces_of_file

_COLLECTION_MAGIC = b"ttcf"
_FILE_ENDINGS = (".otf", ".ttf", ".ttc", ".otc")
_SIMPLIFIED_MARKS = ("SC", "CN", "GB")  # how families of a collection name the simplified face


def looks_like_file(configured: str) -> bool:
    """Whether a `[fonts]` value is a path and not a family's name."""
    return configured.lower().endswith(_FILE_ENDINGS) or "/" in configured or "\\" in configured


def face_of_file(path: Path) -> Face | None:
    """The face to take from a file: of a collection the simplified Chinese one, else the first."""
    faces = faces_of_file(path) or _faces_by_fonttools(path)
    simplified = (
        face
        for face in faces
        if any(word in _SIMPLIFIED_MARKS for name in face.families for word in name.split())
    )
    return next(simplified, next(iter(faces), None))


def extra_faces() -> tuple[Face | None, Face | None]:
    """The serif and the sans face of the extra `study-booklet[fonts]`, None where it is not installed."""
    try:
        from pylopdf_fonts_zh_cn import sans_path, serif_path
    except ImportError:
        return None, None
    return face_of_file(serif_path()), face_of_file(sans_path())


def single_face_bytes(path: Path, index: int) -> bytes:
    """A font file's bytes with one face in them: of a collection that face alone, its tables untouched.

    Raises:
        OSError: the file cannot be read.
    """
    data = path.read_bytes()
    if not data.startswith(_COLLECTION_MAGIC):
        return data
    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

    reader = SFNTReader(BytesIO(data), checkChecksums=0, fontNumber=index)
    target = BytesIO()
    writer = SFNTWriter(target, len(reader.keys()), reader.sfntVersion)
    for tag in reader.keys():  # noqa: SIM118 - not a dict: it has no __iter__
        writer[tag] = reader[tag]
    writer.close()
    return target.getvalue()


def _faces_by_fonttools(path: Path) -> tuple[Face, ...]:
    """The first face of a file where fontconfig cannot be loaded: then only pictures are drawn with it."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(BytesIO(path.read_bytes()), fontNumber=0, lazy=True) as font:
            family = font["name"].getBestFamilyName() or path.stem
            return (
                Face(
                    families=(family,),
                    path=path,
                    index=0,
                    weight=80,
                    slanted=False,
                    charset=frozenset(font.getBestCmap() or {}),
                ),
            )
    except Exception:  # noqa: BLE001 - a broken font file fails in many ways; the caller reports the face as absent
        return ()
