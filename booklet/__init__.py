"""booklet: turns a folder of articles into a study booklet, an EPUB and a print-ready PDF."""

__version__ = "0.1.0"
