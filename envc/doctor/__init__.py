"""What this machine has of all that envc can use."""
