"""Tables in print: figures aligned; wide ones set smaller, in parts, or on their side. Pure.

How wide a column must be is judged from the pieces of its cells that may not be parted: figures with their
units, words, short names. A table that does not fit the measure even in the smallest type is divided by
columns into parts that repeat the first one; only where that would be too many parts, and its rows fill
pages, it lies on its side.
"""

from booklet.render.pdf.trees.tables.fit import CONTINUED, fit_tables, name_continuations
from booklet.render.pdf.trees.tables.turned import TURNED

__all__ = ["CONTINUED", "TURNED", "fit_tables", "name_continuations"]
