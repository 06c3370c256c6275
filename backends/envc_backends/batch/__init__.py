"""What batch systems have in common: how their directives stand in a script, clocks and amounts."""
