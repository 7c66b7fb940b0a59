"""One measure of cleaning: of `booklet` as it stands first on the path, by the posts of a folder.

Prints the seconds of processor time of cleaning and of parsing. A process of its own for
`bench_clean --against`, which measures other commits.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bs4 import BeautifulSoup

from booklet.clean import clean
from tests.quality import posts

_ROUNDS = 4


def main() -> None:
    """Processor time of the fastest round of each; rounds of both take turns."""
    articles = [posts.as_article(path) for path in sorted(Path(sys.argv[1]).glob("*"))]
    cleaning, parsing = [], []
    for _ in range(_ROUNDS):
        start = time.process_time()
        for one in articles:
            clean(one)
        cleaning.append(time.process_time() - start)
        start = time.process_time()
        for one in articles:
            str(BeautifulSoup(one.body, "lxml"))
        parsing.append(time.process_time() - start)
    sys.stdout.write(f"{min(cleaning)} {min(parsing)}\n")


if __name__ == "__main__":
    main()
