"""What runs an image on a node."""
