"""What envc knows about targets that archspec does not: names elsewhere, and what they can do."""
