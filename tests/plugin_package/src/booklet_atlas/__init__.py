"""One row for each table."""

from booklet.clean import Provider, Row
from booklet.clean.draft import Draft
from booklet.clean.tree import elements
from booklet.collect.sources import Read, Reader, SourceRow, read_markdown
from booklet.model import ArticleRef
from booklet.render.formats import FormatRow, Making
from booklet.results import Made


def shout(draft: Draft) -> None:
    """Every exclamation mark counts three times."""
    for element in elements(draft.root):
        element.children = [
            child.replace("！", "！！！") if isinstance(child, str) else child for child in element.children
        ]


SHOUT = Row("shout", shout, after={"hygiene": "which takes away marks said too often"})


def _diary(ref: ArticleRef, reader: Reader) -> Read:
    """A folder with `diary.json`: its one text."""
    text = ref.path / "text.md"
    inner = ArticleRef(text, ref.path, f"{ref.source}/text.md", text.stat().st_size, 0)
    return read_markdown(inner, reader)


SOURCES = (
    SourceRow(name="texts", endings=(".txt",), read=read_markdown),
    SourceRow(name="diary", marker="diary.json", read=_diary),
)


def _watch(path: str, _query: dict[str, str]) -> str:
    number = path.rpartition("/")[2]
    return f"https://atlas.example/films/{number}" if number.isdecimal() else ""


ATLAS = Provider(
    "图志",
    ("atlas.example",),
    _watch,
    ids=((r"\d+", "https://atlas.example/embed/{}"),),
    shortcodes=("atlas",),
)


def _titles(making: Making) -> Made:
    entries = [entry for section in making.booklet.sections for entry in section.entries]
    lines = [f"{entry.number} {entry.article.article.title}\n" for entry in entries]
    return Made("titles", "".join(lines).encode(), ())


TITLES = FormatRow(name="titles", ending=".titles.txt", make=_titles)
