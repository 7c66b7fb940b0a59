"""Formulas: from TeX, from what a page's renderer left, from pictures of equations; all become MathML."""
