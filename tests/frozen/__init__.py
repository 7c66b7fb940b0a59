"""A project as somebody had it in November 2026, and what commit 2f5a4a7 made of it: it must build unchanged.

    project/     two booklets, a theme that extends `study`, eight articles with their oddities, one left out
    night.png    the picture that the project has from the web; the cache holds it
    record/      made by `python -m tests.frozen.record` with the code of that commit, never by hand:
        cache.tar.xz                its cache after a build on-line
        drawn.json                  the versions of what drew the pages
        warm/ cold/                 built off-line with that cache, and with an empty one:
            <booklet>/report.json
            <booklet>/<output>.txt  the output's text
            sha256.json             of every output

Layouts are not in that cache: they are large, and their key holds a digest of all our code, so that no other
code than that commit's ever takes one.
"""
