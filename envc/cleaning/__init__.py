"""What lies in the store, and what nobody uses of it any more."""
