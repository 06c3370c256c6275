"""Code that may hold more than the target, because it asks the CPU before it uses it.

A file is known by its name, as libraries are when programs load them. Each line has its reason;
a user's own come from the command line and need one too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Allowance:
    """What findings it covers: shell patterns for the file's name and for the function."""

    file: str
    reason: str
    place: str = "*"

    def covers(self, file: str, place: str) -> bool:
        return fnmatchcase(file.rpartition("/")[2], self.file) and fnmatchcase(place, self.place)


_GLIBC = "glibc picks each function by ifunc when the program is loaded"
_OPENBLAS = "built with DYNAMIC_ARCH it picks its kernels when loaded (OPENBLAS_CORETYPE)"
_MKL = "MKL picks its kernels at run time (MKL_CBWR, MKL_ENABLE_INSTRUCTIONS)"

BUILT_IN: tuple[Allowance, ...] = (
    Allowance("ld-linux*.so*", _GLIBC),
    Allowance("libc.so.*", _GLIBC),
    Allowance("libc-*.so", _GLIBC),
    Allowance("libm.so.*", _GLIBC),
    Allowance("libm-*.so", _GLIBC),
    Allowance("libmvec.so.*", _GLIBC),
    Allowance("libmvec-*.so", _GLIBC),
    Allowance("libopenblas*.so*", _OPENBLAS),
    Allowance("libblis*.so*", "built with x86_64 or arm64 it picks its kernels when first called"),
    Allowance("libmkl_*.so*", _MKL),
    Allowance("libdnnl*.so*", "oneDNN generates code for the CPU it finds (ONEDNN_MAX_CPU_ISA)"),
    Allowance("libgmp.so*", "built fat it picks its kernels by cpuid (Debian builds it so)"),
    Allowance("libfftw3*.so*", "its planner asks for each SIMD set before it uses a codelet"),
    Allowance("libgfortran.so*", "it picks matmul by cpuid at the first call"),
    Allowance("libgcc_s.so*", "outline atomics ask the kernel for LSE first"),
    Allowance("libitm.so*", "it saves AVX registers only where cpuid shows them"),
    Allowance("libstdc++.so*", "random_device asks cpuid for rdrand and rdseed"),
    Allowance("libcrypto.so*", "OpenSSL picks its assembly by OPENSSL_ia32cap"),
    Allowance("libgcrypt.so*", "it picks its ciphers by the hardware features it finds"),
    Allowance("libnettle.so*", "built fat it picks its ciphers by cpuid"),
    Allowance("libgnutls.so*", "it picks its ciphers by cpuid"),
    Allowance("libsodium.so*", "it picks its ciphers in sodium_init"),
    Allowance("libzstd.so*", "it asks for bmi2 before it decodes with it"),
    Allowance("libxxhash.so*", "XXH_DISPATCH asks cpuid at the first call"),
    Allowance("liblzma.so*", "it asks cpuid before it uses carry-less multiplication"),
    Allowance("libjpeg.so*", "jsimd_can_… asks cpuid before each SIMD routine"),
    Allowance("libdeflate.so*", "it picks its loops by cpuid"),
    Allowance("libz-ng.so*", "it picks its loops by cpuid"),
    Allowance("libisal.so*", "ISA-L picks each function by cpuid"),
    Allowance("libblosc*.so*", "it picks its shuffles by cpuid"),
    Allowance(
        "_multiarray_umath*.so", "NumPy picks its loops at import (NPY_DISABLE_CPU_FEATURES)"
    ),
    Allowance("_simd*.so", "NumPy's test module for its dispatched loops"),
    Allowance("mca_op_avx.so", "Open MPI's op/avx asks for each SIMD set when it is opened"),
    Allowance("libucs.so*", "UCX asks for AVX before it copies with it"),
    # What gcc and glibc put into programs themselves.
    Allowance("*", "glibc's loader picks how to save registers by cpuid", "_dl_runtime_*"),
    Allowance("*", "glibc's loader picks how to save registers by cpuid", "_dl_tlsdesc_dynamic*"),
    Allowance("*", "gcc's outline atomics ask the kernel for LSE first", "__aarch64_*"),
)


class NoReasonError(ValueError):
    """An allowance that does not say why."""


def parse(text: str) -> Allowance:
    """`FILE=REASON` or `FILE:FUNCTION=REASON`, with shell patterns."""
    where, equals, reason = text.partition("=")
    file, _, place = where.partition(":")
    if not equals or not reason.strip() or not file.strip():
        raise NoReasonError(f"`{text}` is not FILE[:FUNCTION]=REASON")
    return Allowance(file.strip(), reason.strip(), place.strip() or "*")


def reason(allowances: Sequence[Allowance], file: str, place: str) -> str:
    """The first reason that covers this function of this file; empty if none does."""
    return next((each.reason for each in allowances if each.covers(file, place)), "")
