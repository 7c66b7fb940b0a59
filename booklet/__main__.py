"""`python -m booklet` and the `booklet` command."""

from __future__ import annotations

import sys
import warnings


def main() -> None:
    """Run the command line; the import is inside, so that importing this module costs nothing."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries tell programmers; `python -W default` shows it
    try:
        from booklet.cli import run
    except KeyboardInterrupt:  # so early that there is nothing to say it with
        raise SystemExit(130) from None

    raise SystemExit(run())


if __name__ == "__main__":
    main()
