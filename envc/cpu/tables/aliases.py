"""Names that people and other programs use for targets.

`SAME` are other names for the same thing. `NEAREST` are processors that archspec has no name for:
code for the target runs on them, which the note that goes with it says.
"""

SAME: dict[str, str] = {
    # families and levels
    "amd64": "x86_64",
    "x64": "x86_64",
    "x86-64-v1": "x86_64",
    "arm64": "aarch64",
    "armv8a": "aarch64",
    "armv9a": "armv9.0a",
    "ppc64el": "ppc64le",
    "powerpc64le": "ppc64le",
    "powerpc64": "ppc64",
    "riscv64gc": "riscv64",
    "rv64gc": "riscv64",
    # AMD: compilers' names and code names
    "amdfam10": "k10",
    "barcelona": "k10",
    "bdver1": "bulldozer",
    "bdver2": "piledriver",
    "bdver3": "steamroller",
    "bdver4": "excavator",
    "znver1": "zen",
    "znver2": "zen2",
    "znver3": "zen3",
    "znver4": "zen4",
    "znver5": "zen5",
    "znver6": "zen6",
    "zen1": "zen",
    "naples": "zen",
    "rome": "zen2",
    "milan": "zen3",
    "trento": "zen3",
    "genoa": "zen4",
    "bergamo": "zen4",
    "siena": "zen4",
    "turin": "zen5",
    "venice": "zen6",
    # Intel
    "merom": "core2",
    "corei7": "nehalem",
    "snb": "sandybridge",
    "corei7-avx": "sandybridge",
    "ivb": "ivybridge",
    "core-avx-i": "ivybridge",
    "hsw": "haswell",
    "core-avx2": "haswell",
    "bdw": "broadwell",
    "knl": "mic_knl",
    "skx": "skylake_avx512",
    "skylake-sp": "skylake_avx512",
    "clx": "cascadelake",
    "csl": "cascadelake",
    "icelake-client": "icelake",
    "icelake-server": "icelake",
    "icx": "icelake",
    "spr": "sapphirerapids",
    # Arm
    "thunderx2t99": "thunderx2",
    "fugaku": "a64fx",
    "graviton": "cortex_a72",
    "graviton2": "neoverse_n1",
    "graviton3": "neoverse_v1",
    "graviton3e": "neoverse_v1",
    "graviton4": "neoverse_v2",
    "altra": "neoverse_n1",
    "ampereone": "ampere1",
    "axion": "neoverse_v2",
    "cobalt100": "neoverse_n2",
    "rhea": "neoverse_v1",
    "rhea1": "neoverse_v1",
    "grace": "neoverse_v2",
    "gh200": "neoverse_v2",
    "apple-m1": "m1",
    "apple-m2": "m2",
    "apple-m3": "m3",
    "apple-m4": "m4",
    # others
    "u74": "u74mc",
    "sifive-u74": "u74mc",
    "spacemit-x60": "x60",
}

NEAREST: dict[str, str] = {
    "penryn": "core2",
    "cooperlake": "cascadelake",
    "cpl": "cascadelake",
    "rocketlake": "icelake",
    "tigerlake": "icelake",
    "emeraldrapids": "sapphirerapids",
    "emr": "sapphirerapids",
    "graniterapids": "sapphirerapids",
    "gnr": "sapphirerapids",
    "diamondrapids": "sapphirerapids",
    "sierraforest": "alderlake",
    "raptorlake": "alderlake",
    "meteorlake": "alderlake",
    "lunarlake": "arrowlake_s",
    "pantherlake": "arrowlake_s",
    "power11": "power10",
    "power11le": "power10le",
    "cortex-a53": "aarch64",
    "graviton5": "neoverse_v2",
    "neoverse-v3": "neoverse_v2",
    "neoverse-n3": "neoverse_n2",
}

# People write these for Linux on Power, which has been little-endian for ten years.
BIG_ENDIAN: dict[str, str] = {
    "power8": "power8le",
    "power9": "power9le",
    "power10": "power10le",
    "power11": "power10le",
}

# A machine's own word for "whatever I am": the one name that can never be a target.
HOST_WORDS = frozenset({"native", "host", "detect", "auto"})

VENDORS: dict[str, str] = {
    "amd": "AuthenticAMD",
    "intel": "GenuineIntel",
}
