"""Images in registries: named, read by digest, taken into the store, and put back."""
