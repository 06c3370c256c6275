"""What a `run` asks for at a site, before any scheduler's words."""
