"""`python -m booklet` and the `booklet` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line; the import is inside, so that importing this module costs nothing."""
    from booklet.cli import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
