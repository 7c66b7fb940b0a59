"""Processes of our own that can be killed without harm: decoders of pictures, layout of pages."""
