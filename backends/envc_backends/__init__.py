"""Target formats, one folder each; the core knows them only through envc.backend."""
