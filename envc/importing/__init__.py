"""The way over for people who come from elsewhere: what another tool's file says, as a spec.

A reader for each format gives a `Found`, `writing` makes a spec of it, and what cannot be carried
becomes a note with the line it stood on. Nothing that is read is ever run, and nothing is fetched.
"""
