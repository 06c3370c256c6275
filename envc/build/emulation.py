"""Another CPU than the machine's, as compilers and configure scripts see it: shown by qemu."""

import os
import shutil
import struct

from envc.facts.problem import Problem

NAME, SHOWN = "qemu", "cpuinfo"
"""Files beside the scripts of a part."""
_QEMU = {"amd64": "x86_64", "arm64": "aarch64", "ppc64el": "ppc64le", "riscv64": "riscv64"}
_OTHER = {"amd64": "Nehalem", "arm64": "cortex-a53", "ppc64el": "power8"}
"""Old ones, which run what a compiler itself is made of."""
_NEHALEM = (
    "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 26\n"
    "model name\t: Intel Core i7 9xx (Nehalem Class Core i7)\nstepping\t: 3\n"
    "flags\t\t: fpu de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx "
    "fxsr sse sse2 syscall nx lm rep_good nopl cpuid pni ssse3 cx16 sse4_1 sse4_2 popcnt\n\n"
)
_LOADER = 3


def program(architecture: str) -> str | None:
    """The path of one that needs no libraries: there are none of its own in a room."""
    name = f"qemu-{_QEMU.get(architecture, architecture)}"
    found = (shutil.which(each) for each in (f"{name}-static", name))
    return next((each for each in found if each and _stands_alone(each)), None)


def other(architecture: str) -> str:
    """A model that hardly any machine has today; empty where none is known."""
    return _OTHER.get(architecture, "")


def bring(architecture: str, there: str) -> Problem | None:
    path = program(architecture)
    if path is None:
        help_ = "install `qemu-user-static`, or leave the CPU as it is"
        return Problem(f"no `qemu` is here that shows another CPU of {architecture}", help_)
    shutil.copy(path, os.path.join(there, NAME))
    if architecture == "amd64":
        with open(os.path.join(there, SHOWN), "x", encoding="ascii") as file:
            file.write(_NEHALEM)
    return None


def _stands_alone(path: str) -> bool:
    """Whether an ELF file names no loader."""
    with open(path, "rb") as file:
        head = file.read(4096)
    if head[:6] != b"\x7fELF\x02\x01":
        return False
    (start,) = struct.unpack_from("<Q", head, 32)
    size, count = struct.unpack_from("<HH", head, 54)
    places = range(start, min(start + size * count, len(head) - 4), size)
    return all(struct.unpack_from("<I", head, each)[0] != _LOADER for each in places)
