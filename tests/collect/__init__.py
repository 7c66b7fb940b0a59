"""Tests of `booklet.collect`."""
