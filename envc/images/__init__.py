"""Images that were built: put together, named, told apart."""
