"""Debian archives: what they signed, what is in them, and which of it goes together."""
