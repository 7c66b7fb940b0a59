"""Which faces the system has and which characters they cover, asked from fontconfig, as Pango does.

Public C functions through ctypes (https://www.freedesktop.org/software/fontconfig/fontconfig-devel/). It is
the library that WeasyPrint loads. Its answers are kept for the life of the process: character sets point into
them.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import suppress
from ctypes import POINTER, byref, c_char_p, c_int, c_uint32, c_void_p
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# The names and the DLL folders that WeasyPrint 70 tries in text/ffi.py.
_LIBRARY_NAMES = (
    "libfontconfig-1",
    "fontconfig-1",
    "fontconfig",
    "libfontconfig.so.1",
    "libfontconfig.1.dylib",
    "libfontconfig-1.dll",
)
_WINDOWS_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
_LOAD_LIBRARY_SEARCH_DEFAULT_DIRS = 0x1000

_SCALABLE_FORMATS = frozenset({"TrueType", "CFF"})  # what Pango >= 1.44 can set, through HarfBuzz
_PROPERTIES = ("family", "file", "index", "weight", "slant", "variable", "fontformat", "charset", "fullname")
REGULAR_WEIGHT = 80  # FC_WEIGHT_REGULAR
BOLD_WEIGHT = 200  # FC_WEIGHT_BOLD


class _FontSet(ctypes.Structure):
    _fields_ = (("nfont", c_int), ("sfont", c_int), ("fonts", POINTER(c_void_p)))


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one font file."""

    families: tuple[str, ...]
    """All its names, in several languages."""
    path: Path
    index: int
    """Which face of a collection."""
    weight: int
    """fontconfig's scale: 80 regular, 200 bold."""
    slanted: bool
    charset: int | frozenset[int]
    """An FcCharSet's address, or the code points themselves."""

    def covers(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        code = ord(character)
        if isinstance(self.charset, frozenset):
            return code in self.charset
        library = load_library()
        return bool(library and library.FcCharSetHasChar(self.charset, code))


@lru_cache(maxsize=1)
def load_library() -> ctypes.CDLL | None:
    """Load fontconfig, or say None where there is none (then there is no Pango either)."""
    if os.name == "nt":
        return _load_on_windows()
    for name in _LIBRARY_NAMES:
        with suppress(OSError):
            return _declare(ctypes.CDLL(name))
    return None


def _load_on_windows() -> ctypes.CDLL | None:
    add_folder = getattr(os, "add_dll_directory", None)
    for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", _WINDOWS_FOLDERS).split(";"):
        with suppress(OSError):
            if add_folder:
                add_folder(folder)
    for name in _LIBRARY_NAMES:
        with suppress(OSError):
            return _declare(ctypes.CDLL(name, winmode=_LOAD_LIBRARY_SEARCH_DEFAULT_DIRS))
    return None


def _declare(library: ctypes.CDLL) -> ctypes.CDLL:
    """Tell ctypes the types, without which pointers are cut to 32 bits."""
    signatures = {
        "FcInitLoadConfigAndFonts": (c_void_p, ()),
        "FcPatternCreate": (c_void_p, ()),
        "FcObjectSetCreate": (c_void_p, ()),
        "FcObjectSetAdd": (c_int, (c_void_p, c_char_p)),
        "FcFontList": (POINTER(_FontSet), (c_void_p, c_void_p, c_void_p)),
        "FcPatternGetString": (c_int, (c_void_p, c_char_p, c_int, POINTER(c_char_p))),
        "FcPatternGetInteger": (c_int, (c_void_p, c_char_p, c_int, POINTER(c_int))),
        "FcPatternGetBool": (c_int, (c_void_p, c_char_p, c_int, POINTER(c_int))),
        "FcPatternGetCharSet": (c_int, (c_void_p, c_char_p, c_int, POINTER(c_void_p))),
        "FcCharSetHasChar": (c_int, (c_void_p, c_uint32)),
        "FcFreeTypeQuery": (c_void_p, (c_char_p, c_int, c_void_p, POINTER(c_int))),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library


@lru_cache(maxsize=1)
def system_faces() -> tuple[Face, ...]:
    """Every scalable face that fontconfig knows, in a stable order; empty without fontconfig."""
    library = load_library()
    if library is None:
        return ()
    config = library.FcInitLoadConfigAndFonts()
    wanted = library.FcObjectSetCreate()
    for name in _PROPERTIES:
        library.FcObjectSetAdd(wanted, name.encode())
    found = library.FcFontList(config, library.FcPatternCreate(), wanted)
    if not config or not found:
        return ()
    faces = [face for pattern in _patterns(found.contents) if (face := _face(library, pattern))]
    return tuple(sorted(faces, key=lambda face: (face.families, str(face.path), face.index)))


def _patterns(found: _FontSet) -> Iterator[int]:
    for position in range(found.nfont):
        yield found.fonts[position]


def _face(library: ctypes.CDLL, pattern: int) -> Face | None:
    path = _strings(library, pattern, "file")
    formats = _strings(library, pattern, "fontformat")
    families = _strings(library, pattern, "family")
    charset = c_void_p()
    has_charset = library.FcPatternGetCharSet(pattern, b"charset", 0, byref(charset)) == 0
    index = _integer(library, pattern, "index")
    named_instance = index >> 16  # of a variable font: the file's default face is listed besides
    if not path or not families or named_instance or not has_charset or charset.value is None:
        return None
    if formats and formats[0] not in _SCALABLE_FORMATS:
        return None
    return Face(
        families=families,
        path=Path(path[0]),
        index=index,
        weight=_integer(library, pattern, "weight", REGULAR_WEIGHT),
        slanted=_integer(library, pattern, "slant") > 0,
        charset=charset.value,
    )


def _strings(library: ctypes.CDLL, pattern: int, name: str) -> tuple[str, ...]:
    values: list[str] = []
    value = c_char_p()
    while library.FcPatternGetString(pattern, name.encode(), len(values), byref(value)) == 0:
        values.append((value.value or b"").decode("utf-8", "surrogateescape"))
    return tuple(values)


def _integer(library: ctypes.CDLL, pattern: int, name: str, default: int = 0) -> int:
    value = c_int()
    found = library.FcPatternGetInteger(pattern, name.encode(), 0, byref(value)) == 0
    return value.value if found else default


@lru_cache(maxsize=32)
def faces_of_file(path: Path) -> tuple[Face, ...]:
    """The faces inside a font file, known to the system or not; empty for other files."""
    library = load_library()
    if library is None or not path.is_file():
        return ()
    faces: list[Face] = []
    count = c_int(1)
    index = 0
    while index < count.value:
        pattern = library.FcFreeTypeQuery(os.fsencode(path), index, None, byref(count))
        if pattern and (face := _face(library, pattern)):
            faces.append(face)
        index += 1
    return tuple(faces)
