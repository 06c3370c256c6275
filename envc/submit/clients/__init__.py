"""How each scheduler is talked to: words that ask, and what its answers mean."""
