"""A run of a spec on this machine, without a scheduler."""
