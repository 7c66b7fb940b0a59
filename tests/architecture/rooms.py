"""The rooms and what each may import: DESIGN's picture, as a table. A new arrow is a change of this table.

The rules are functions from sources to offences, so that tests can show that each rule sees what breaks it.
"""

from __future__ import annotations

from collections.abc import Iterator

from .source import Sources, called, imported, ours

VALUES = {"model", "sites", "parsed", "parts", "findings", "events", "words", "categories"}
"""What every room may use: values, what went wrong, what work says, words."""

MAY_IMPORT: dict[str, set[str]] = {
    "__main__": {"cli"},
    "version": set(),
    "findings": set(),
    "events": {"findings"},
    "parsed": set(),
    "parts": {"findings"},
    "sites": set(),
    "model": {"findings", "parsed", "parts", "sites"},
    "words": {"model", "findings"},
    "categories": {"model", "words"},
    "files": {"findings"},
    "processes": set(),
    "config": {*VALUES, "files"},
    "theme": {*VALUES, "config"},
    "collect": VALUES,
    "select": {*VALUES, "config", "collect"},
    "clean": VALUES,
    "fetch": {*VALUES, "config", "version"},
    "cache": {"model", "fetch"},
    "images": {*VALUES, "config", "fetch", "cache", "processes"},
    "fonts": {*VALUES, "config"},
    "compose": {*VALUES, "config"},
    "render.text": VALUES,
    "render.drawn": VALUES,
    "render.templates": {*VALUES, "config", "theme", "cache", "render.text"},
    "render.chapters": {
        *VALUES,
        "config",
        "theme",
        "images",
        "render.templates",
        "render.text",
        "render.drawn",
    },
    "render.cover": {*VALUES, "config", "fonts", "images", "render.text"},
    "render.epub": {*VALUES, "render.chapters", "render.text", "render.drawn"},
    "render.pdf.trees": {
        *VALUES,
        *("config", "theme", "fonts"),
        *("render.chapters", "render.templates", "render.text", "render.drawn"),
    },
    "render.pdf.values": {*VALUES, "fonts", "render.text", "render.pdf.trees"},
    "render.pdf.finish": {*VALUES, "version", "render.pdf.values"},
    "render.pdf.engine": {
        *VALUES,
        "fonts",
        "images",
        "render.chapters",
        "render.text",
        *("render.pdf.trees", "render.pdf.values", "render.pdf.finish"),
    },
    "render.pdf.chunks": {
        *VALUES,
        "processes",
        "render.chapters",
        "render.text",
        *("render.pdf.trees", "render.pdf.values", "render.pdf.finish", "render.pdf.engine"),
    },
    "render.pdf": {
        *VALUES,
        "config",
        "theme",
        "fonts",
        *("render.pdf.trees", "render.pdf.values", "render.pdf.engine", "render.pdf.chunks"),
    },
    "render.formats": {
        *VALUES,
        *("config", "theme", "images", "cache", "results", "check", "impose"),
        *("render.chapters", "render.cover", "render.epub"),
        *("render.pdf", "render.pdf.trees", "render.pdf.values"),
    },
    "impose": {*VALUES, "config"},
    "check": VALUES,
    "results": {*VALUES, "config", "theme", "fonts", "impose", "render.text"},
    "report": {*VALUES, "results"},
    "outputs": {*VALUES, "config", "files", "report", "results"},
}
"""Rooms that the table does not name (`pipeline`, `cli`, `samples` …) have rules of their own."""

ABOVE = {"pipeline", "cli", "api", "tools", "extensions", "booklet", "__main__"}
"""What holds the rooms together; nothing below imports it."""


def room_of(module: str, modules: Sources) -> str:
    """The room of a module: `clean`, `render.epub`, `render.pdf.trees`."""
    parts = module.split(".")
    depth = 1
    if parts[0] == "render":
        depth = 3 if parts[1:2] == ["pdf"] and _is_folder(".".join(parts[:3]), modules) else 2
    return ".".join(parts[:depth])


def _is_folder(module: str, modules: Sources) -> bool:
    return any(name.startswith(f"{module}.") for name in modules)


def forbidden_imports(modules: Sources) -> Iterator[str]:
    """Arrows that the table does not have."""
    for module, text in modules.items():
        room = room_of(module, modules)
        if room not in MAY_IMPORT:
            continue
        for other in sorted({room_of(one, modules) for one in ours(text, modules)} - {room}):
            if other not in MAY_IMPORT[room]:
                yield f"{module} imports {other}"


def cycles(modules: Sources) -> list[tuple[str, ...]]:
    """Folders that import each other, directly or by way of others: each knot once.

    A folder is what lies in it, without the folders in it; `clean.inline` and `clean` are two.
    """
    arrows: dict[str, set[str]] = {}
    for module, text in modules.items():
        home = _folder(module, modules)
        arrows.setdefault(home, set()).update(_folder(one, modules) for one in ours(text, modules))
    reached = {start: _reached(start, arrows) for start in arrows}
    knots = {
        tuple(sorted(other for other in reached[start] if start in reached.get(other, ())))
        for start in arrows
        if start in reached[start]
    }
    return sorted(knots)


HEADS = {"clean", "clean.steps", "collect"}
"""Of a folder, what knows its rooms (their table, and what runs it) and not what they share, beside which it
lies: no room may know these."""


def _folder(module: str, modules: Sources) -> str:
    """Modules at the top are rooms of their own; a package's own file belongs to the package."""
    if module in HEADS:
        return f"the table of {module.partition('.')[0]}"
    if _is_folder(module, modules) or "." not in module:
        return module
    return module.rpartition(".")[0]


def _reached(start: str, arrows: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [other for other in arrows[start] if other != start]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(other for other in arrows.get(one, ()) if other != one)
    return found


FILE_CALLS = {
    *("open", "io.open", "os.open", ".read_text", ".read_bytes", ".write_text", ".write_bytes"),
    *(
        ".mkdir",
        ".unlink",
        ".rmdir",
        ".iterdir",
        ".glob",
        ".rglob",
        ".is_file",
        ".is_dir",
        ".exists",
        ".stat",
    ),
}
WRITING_CALLS = {".write_text", ".write_bytes", ".mkdir", ".unlink", ".rmdir", "os.replace"}
PROCESSES = {"subprocess", "multiprocessing", "tempfile", "shutil"}
CONNECTIONS = {
    "aiohttp",
    "httpx",
    "requests",
    "socket",
    "ssl",
    "urllib.request",
    "http.client",
    "ftplib",
    "smtplib",
}
CLOCKS = {"datetime.now", "date.today", "time.time", "datetime.utcnow", "time.localtime"}
CHANCE = {"random", "secrets", "uuid.uuid4", "uuid.uuid1"}

STREAMS = {
    "render.pdf.finish.assembly": {".read_bytes"},
    "render.pdf.finish.glyph_texts": {".read_bytes"},
}
"""Calls that only look like a file's: of pikepdf's streams."""

PURE = (
    *("model", "findings", "events", "words", "categories", "parts"),
    *("select", "clean", "compose", "impose.order"),
    *("render.text", "render.drawn", "render.chapters", "render.epub"),
    *("render.pdf.trees", "render.pdf.values", "render.pdf.finish"),
)
"""Rooms that touch no file, no process and no network."""


def _within(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def _uses(text: str, libraries: set[str]) -> set[str]:
    names = set(imported(text))
    return {one for one in libraries if any(name == one or name.startswith(f"{one}.") for name in names)}


def world_in_pure_rooms(modules: Sources) -> Iterator[str]:
    """Files, processes and connections where there may be none."""
    for module, text in modules.items():
        if _within(module, PURE):
            calls = FILE_CALLS.intersection(called(text)) - STREAMS.get(module, set())
            for one in sorted(_uses(text, PROCESSES | CONNECTIONS) | calls):
                yield f"{module} uses {one}"


ONLY: dict[str, tuple[set[str], tuple[str, ...]]] = {
    "opens connections": (CONNECTIONS, ("fetch",)),
    "loads the PDF engine": ({"weasyprint", "pydyf"}, ("render.pdf.engine",)),
    "loads EbookLib": ({"ebooklib"}, ("render.epub",)),
    "loads pikepdf": ({"pikepdf"}, ("render.pdf.finish", "impose", "check")),
    "loads BeautifulSoup": ({"bs4"}, ("clean",)),
    "starts processes": (
        {"subprocess", "multiprocessing"},
        ("processes", "check", "fonts", "images.decoding"),
    ),
    "draws lots": (CHANCE, ("files", "cache")),
}
"""What is done with a library, and the only rooms that may."""


def libraries_elsewhere(modules: Sources) -> Iterator[str]:
    """Libraries used outside the rooms that they belong to."""
    for module, text in modules.items():
        for libraries, rooms in ONLY.values():
            for one in sorted(_uses(text, libraries)):
                if not _within(module, rooms):
                    yield f"{module} imports {one}"


def clocks_below_the_command_line(modules: Sources) -> Iterator[str]:
    """The time of day, asked for below the public interface."""
    for module, text in modules.items():
        if not _within(module, ("cli", "api", "tools")):
            yield from (f"{module} calls {one}" for one in sorted(CLOCKS.intersection(called(text))))


def prints_below_the_command_line(modules: Sources) -> Iterator[str]:
    """`print`, outside `cli`."""
    for module, text in modules.items():
        if not _within(module, ("cli",)) and "print" in set(called(text)):
            yield f"{module} prints"


def writes_elsewhere(modules: Sources) -> Iterator[str]:
    """Files written or removed by others than `files` and `outputs` (what people get) and `cache`."""
    for module, text in modules.items():
        if not _within(module, ("files", "outputs", "cache")):
            yield from (f"{module} calls {one}" for one in sorted(WRITING_CALLS.intersection(called(text))))


def upward_imports(modules: Sources) -> Iterator[str]:
    """Imports of what holds the rooms together, from below."""
    for module, text in modules.items():
        if module.partition(".")[0] not in ABOVE:
            above = {one.partition(".")[0] for one in ours(text, modules)} & ABOVE
            yield from (f"{module} imports {one}" for one in sorted(above))


def command_line_below_the_interface(modules: Sources) -> Iterator[str]:
    """What `cli` takes from the house besides `import booklet`, words and its own modules."""
    for module, text in modules.items():
        if _within(module, ("cli",)):
            for other in sorted(set(ours(text, modules))):
                if not _within(other, ("booklet", "cli", "words")):
                    yield f"{module} imports {other}"
