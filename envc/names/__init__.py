"""Names beyond the library: what Debian and Guix call their packages, from tables that are shipped.

Nothing here is imported before a name asks for it: a spec of the library's packages reads none of
the tables.
"""
