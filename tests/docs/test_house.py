"""The page for those who change the house knows all its rooms."""

from __future__ import annotations

from tests.docs import pages

HOUSE = pages.ROOT / "booklet/README.md"
WITHOUT_A_PROMISE = {"__init__.py", "__main__.py"}


def test_every_room_has_its_promise() -> None:
    package = HOUSE.parent
    rooms = {
        path.name
        for path in package.iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.glob("*.py")))
    }
    table = {link for row in pages.rows(HOUSE) for link in pages.LINK.findall(row[0])}
    assert {link.partition("/")[0] for link in table} == rooms - WITHOUT_A_PROMISE
    of_render = {
        path.name
        for path in (package / "render").iterdir()
        if path.name not in WITHOUT_A_PROMISE and (path.suffix == ".py" or any(path.glob("*.py")))
    }
    assert {link.split("/")[1] for link in table if link.startswith("render/")} == of_render
