"""How a value is written in each language, so that it stays a value: the only places that do it."""
