"""Rows of the table of steps, and how further rows find their place among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from booklet.clean.draft import Step
from booklet.findings import Finding, finding


@dataclass(frozen=True, slots=True)
class Row:
    """One step of the line: its name, what it does, and why it stands where it stands."""

    name: str
    step: Step
    after: Mapping[str, str] = field(default_factory=dict)
    """The steps that must have run before this one; for each, the reason in one line."""
    before: Mapping[str, str] = field(default_factory=dict)
    """The steps that must run after this one, likewise. For rows that are added to the table: its own rows
    say such a thing from the other side."""


class StepOrderError(ValueError):
    """Rows that cannot be placed: a name is taken or unknown, or two demands contradict each other."""

    def __init__(self, found: Finding) -> None:
        super().__init__(f"{found.code}: {dict(found.params)}")
        self.finding = found


def placed(table: Sequence[Row], extra: Sequence[Row]) -> tuple[Row, ...]:
    """The table's rows in their order, with the extra rows between them.

    An extra row stands directly behind the last of the steps that it names in `after`; if it names steps in
    `before` alone, directly in front of the first of these; if it names none, at the end. Extra rows may name
    one another; where several belong in one place they stand in the order given.

    Raises:
        StepOrderError: a row cannot be placed; its finding says which and why.
    """
    added = {row.name: row for row in extra}
    _check_names(table, extra)
    earlier = {name: row.after.keys() & added.keys() for name, row in added.items()}
    for name, row in added.items():
        for later in row.before.keys() & added.keys():
            earlier[later].add(name)
    order = _in_order(earlier)
    gaps: dict[str, int] = {}
    first, last = _bounds(table, [(added[name], earlier[name]) for name in order])
    for name in order:
        if first[name] > last[name]:
            behind, front = table[first[name] - 1].name, table[last[name]].name
            raise StepOrderError(finding("step-order", name=name, after=behind, before=front))
        gaps[name] = max([first[name] or last[name], *(gaps[one] for one in earlier[name])])
    line: list[Row] = []
    for gap in range(len(table) + 1):
        line.extend(added[name] for name in order if gaps[name] == gap)
        line.extend(table[gap : gap + 1])
    return tuple(line)


def _check_names(table: Sequence[Row], extra: Sequence[Row]) -> None:
    taken = {row.name for row in table}
    for row in extra:
        if row.name in taken:
            raise StepOrderError(finding("step-name-taken", name=row.name))
        taken.add(row.name)
    for row in extra:
        for named in (*row.after, *row.before):
            if named not in taken:
                raise StepOrderError(finding("step-unknown", name=row.name, unknown=named))


def _in_order(earlier: Mapping[str, set[str]]) -> list[str]:
    """The names in the order given, but each behind those that must stand before it."""
    order: list[str] = []
    waiting = [*earlier]
    while waiting:
        ready = next((name for name in waiting if earlier[name] <= set(order)), None)
        if ready is None:
            name = waiting[0]
            for _ in waiting:  # from each to one that it waits for: after so many, we are within a circle
                name = next(one for one in waiting if one in earlier[name])
            other = next(one for one in waiting if one in earlier[name])
            raise StepOrderError(finding("step-order", name=name, after=other, before=other))
        waiting.remove(ready)
        order.append(ready)
    return order


def _bounds(
    table: Sequence[Row], rows: Sequence[tuple[Row, set[str]]]
) -> tuple[dict[str, int], dict[str, int]]:
    """The first and the last gap between the table's rows in which each extra row may stand.

    `rows` are the extra ones, each behind those that must stand before it and with their names.
    """
    index = {row.name: number for number, row in enumerate(table)}
    first = {
        row.name: max([index[one] + 1 for one in row.after if one in index], default=0) for row, _ in rows
    }
    last = {
        row.name: min([index[one] for one in row.before if one in index], default=len(table))
        for row, _ in rows
    }
    for row, earlier in rows:
        first[row.name] = max([first[row.name], *(first[one] for one in earlier)])
    for row, earlier in reversed(rows):
        for one in earlier:
            last[one] = min(last[one], last[row.name])
    return first, last
