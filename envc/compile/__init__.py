"""From plans to a tree of files: values first, and one module that writes them."""
