"""Bytes that a lock names by their digest: where they are kept, and how they come."""
