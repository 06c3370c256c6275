"""What a site's scheduler may call the nodes of a target: guesses, which a site file overrides."""

_GUESSES: dict[str, tuple[str, ...]] = {
    "haswell": ("haswell", "hsw"),
    "broadwell": ("broadwell", "bdw"),
    "skylake_avx512": ("skylake", "skl", "skx"),
    "cascadelake": ("cascadelake", "csl", "clx"),
    "icelake": ("icelake", "icl", "icx"),
    "sapphirerapids": ("sapphirerapids", "spr"),
    "mic_knl": ("knl",),
    "zen": ("zen", "naples"),
    "zen2": ("zen2", "rome"),
    "zen3": ("zen3", "milan"),
    "zen4": ("zen4", "genoa", "bergamo"),
    "zen5": ("zen5", "turin"),
    "neoverse_n1": ("neoverse_n1", "altra", "graviton2"),
    "neoverse_v1": ("neoverse_v1", "graviton3"),
    "neoverse_v2": ("neoverse_v2", "grace", "gh200"),
    "x86_64_v2": ("x86-64-v2",),
    "x86_64_v3": ("x86-64-v3", "avx2"),
    "x86_64_v4": ("x86-64-v4", "avx512"),
}


def guesses(target: str) -> tuple[str, ...]:
    """Names of node features to look for, likeliest first; never certain."""
    return _GUESSES.get(target, (target,))
