"""What is done to make an image: decided once, before any format of a recipe prints it."""
