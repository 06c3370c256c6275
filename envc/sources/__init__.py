"""From a `source` line to verified bytes."""
