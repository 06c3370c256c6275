"""The lock: what was chosen for a spec, kept in a file that is the same on every machine.

So far it holds the targets: for each application, target and compiler the exact options, and the
data that they come from. Packages and sources are not locked yet.
"""
