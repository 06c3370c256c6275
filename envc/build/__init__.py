"""Builds a plan with nothing but Python and a kernel with namespaces."""
