"""Short texts in an old encoding: the folder's other files say which it is. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from booklet.collect.guess import SURE_LETTERS
from booklet.collect.sources import Read
from booklet.model import ArticleRef


def by_neighbours(refs: Sequence[ArticleRef], reads: Sequence[Read]) -> dict[int, str]:
    """The places of files to read again, each with the encoding that most of its folder's text is in.

    Where the folder says nothing, its source as a whole does. Only texts that were long enough to be sure
    have a vote.
    """
    votes: dict[Path, Counter[str]] = defaultdict(Counter)
    short: dict[int, str] = {}
    for place, (ref, read) in enumerate(zip(refs, reads, strict=True)):
        for found in read.findings:
            if found.code != "encoding-guessed":
                continue
            params = dict(found.params)
            encoding, letters = str(params["encoding"]), int(params.get("letters", SURE_LETTERS))
            if letters < SURE_LETTERS:
                short[place] = encoding
            for folder in {ref.path.parent, ref.root} if letters >= SURE_LETTERS else ():
                votes[folder][encoding] += letters
    again = {}
    for place, encoding in short.items():
        counted = votes.get(refs[place].path.parent) or votes.get(refs[place].root)
        if counted and (most := max(counted, key=lambda name: (counted[name], name))) != encoding:
            again[place] = most
    return again
