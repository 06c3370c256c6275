"""Rebuilds under other conditions, and what differs."""
