"""Distributions of the Python Package Index, or of an index like it."""
