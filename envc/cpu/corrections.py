"""What envc knows better than archspec's table, each with its reason.

The tests show on real compilers that archspec's own flags fail, for every line about gcc or clang,
and that what an architecture mandates is what those compilers use.
"""

from typing import Any

# archspec lists for the generic levels only what it detects. What an architecture's base or
# version mandates is there on every one of them, so `on has` must say so. (SVE2 is optional in
# the text of Armv9-A, but every compiler's -march=armv9-a uses it.)
MANDATED: dict[str, frozenset[str]] = {
    "x86_64": frozenset({"mmx", "sse", "sse2"}),
    "aarch64": frozenset({"asimd", "fp"}),
    "armv8.1a": frozenset({"asimdrdm", "atomics", "crc32"}),
    "armv8.2a": frozenset({"dcpop"}),
    "armv8.3a": frozenset({"fcma", "jscvt", "lrcpc"}),
    "armv8.4a": frozenset({"asimddp", "dit", "flagm", "ilrcpc", "uscat"}),
    "armv8.5a": frozenset({"flagm2", "frint", "sb"}),
    "armv8.6a": frozenset({"bf16", "i8mm"}),
    "armv9.0a": frozenset({"asimdfhm", "asimdhp", "fphp", "sve", "sve2"}),
    "armv9.2a": frozenset({"svebf16", "svei8mm"}),
}

# (target, compiler, range) → the flags instead of archspec's, or where archspec has none.
FLAGS: dict[tuple[str, str, str], str] = {
    # Without -tp the NVIDIA compilers build for the machine they run on; px is any x86-64.
    ("x86_64", "nvhpc", ":"): "-tp px",
    # The names with an underscore are archspec's, not the compiler's.
    ("skylake_avx512", "apple-clang", "8.0:"): "-march=skylake-avx512 -mtune=skylake-avx512",
    ("mic_knl", "apple-clang", "8.0:"): "-march=knl -mtune=knl",
    # clang gives these processors keys that they do not have: AES, and China's SM3 and SM4.
    ("a64fx", "clang", "11:"): "-mcpu=a64fx+noaes",
    ("neoverse_v1", "clang", "12:"): "-mcpu=neoverse-v1+nosm4",
    ("neoverse_n2", "clang", "16.0:"): "-mcpu=neoverse-n2+nosm4",
    ("m1", "clang", "13.0:"): "-mcpu=apple-m1+nosm4",
    ("m2", "clang", "13.0:"): "-mcpu=apple-m1+nosm4",
    ("m2", "clang", "16.0:"): "-mcpu=apple-m2+nosm4",
    ("m3", "clang", "13.0:"): "-mcpu=apple-m1+nosm4",
    ("m4", "clang", "13.0:"): "-mcpu=apple-m1+nosm4",
    # clang 16 knows the M2 but not yet the M3: `unsupported argument 'apple-m3'`.
    ("m3", "clang", "16.0:"): "-mcpu=apple-m2+nosm4",
    ("m3", "clang", "19:"): "-mcpu=apple-m3",
    ("m4", "clang", "16.0:18"): "-mcpu=apple-m2+nosm4",
    # Armv9 means SVE to gcc, and the M4 has none outside its streaming mode. archspec turns the
    # vectoriser off, but the macros still say that SVE is there.
    ("m4", "gcc", "14.1:"): "",
    ("m4", "gcc", "10.1:"): "-march=armv8.6-a -mtune=generic",
    ("m4", "gcc", "15.1:"): "-mcpu=apple-m3",
    # gcc 15 has forgotten Knights Landing: `bad value 'knl' for '-march='`.
    ("mic_knl", "gcc", "5.1:"): "",
    ("mic_knl", "gcc", "5.1:14"): "-march=knl -mtune=knl",
    # `-march=arm` is no architecture that any clang knows.
    ("arm", "clang", ":"): "",
}


def as_json() -> Any:
    """For the digest in the lock: these lines are part of every answer."""
    return [
        [[name, *sorted(features)] for name, features in sorted(MANDATED.items())],
        [[*where, flags] for where, flags in sorted(FLAGS.items())],
    ]
