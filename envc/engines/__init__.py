"""Other programs that make images, from the recipes of `envc compile`."""
