"""What stands between archspec's features and the words of `/proc/cpuinfo`.

A feature is *hard* when code built for the target may execute it: the node must have it. It is
*soft* when no compiler emits it for ordinary source text and hypervisors hide it, or when the
hardware takes it as a no-op. docs/selector.md argues each choice; the tests hold the result
against the macros of real compilers.
"""

# Linux's word where archspec's differs.
LINUX_WORD = {"sse3": "pni"}

_NO_CODE = "protects or watches the process; no code computes with it"
_CACHE = "steers a cache by an intrinsic; no compiler emits it"
_STATE = "saves registers for the kernel and debuggers; AVX already shows that it works"
_DEVICE = "talks to a device, a clock or another core by an intrinsic"
_ASKED_FOR = "a program must ask the kernel first, and so cannot rely on the CPU alone"
_KEY = "keys and permutations by intrinsics alone; clouds hide it on the very CPUs that have it"
_HINT = "a hint, which CPUs without it take as a no-op"

SOFT: dict[str, str] = {
    # x86
    "pku": _NO_CODE,
    "umip": _NO_CODE,
    "tsc_adjust": _NO_CODE,
    "fsgsbase": _NO_CODE,
    "flush_l1d": _CACHE,
    "clflushopt": _CACHE,
    "clwb": _CACHE,
    "clzero": _CACHE,
    "cldemote": _CACHE,
    "wbnoinvd": _CACHE,
    "xsave": _STATE,
    "xsavec": _STATE,
    "xsaveopt": _STATE,
    "xsaves": _STATE,
    "movdiri": _DEVICE,
    "movdir64b": _DEVICE,
    "rdpid": _DEVICE,
    "serialize": _DEVICE,
    "waitpkg": _DEVICE,
    "amx_bf16": _ASKED_FOR,
    "amx_fp16": _ASKED_FOR,
    "amx_int8": _ASKED_FOR,
    "amx_tile": _ASKED_FOR,
    # gcc 12 and clang 16 claim it for CPUs that never had it (Alder Lake, Sapphire Rapids).
    "avx512_vp2intersect": "two masks by an intrinsic; compilers claim it where no CPU has it",
    # aarch64
    "cpuid": _NO_CODE,
    "evtstrm": _NO_CODE,
    "ssbs": _NO_CODE,
    "ecv": _NO_CODE,
    "afp": _NO_CODE,
    "ls64": _DEVICE,
    "dcpop": _CACHE,
    "dcpodp": _CACHE,
    "dit": _NO_CODE,
    "sb": _NO_CODE,
    "bti": _HINT,
    "dgh": _HINT,
    "pacg": _NO_CODE,
    "rng": _KEY,
    "sveaes": _KEY,
    "svepmull": _KEY,
    "svebitperm": _KEY,
    "svesha3": _KEY,
    "svesm4": _KEY,
    "fpmr": _NO_CODE,
}

# What compilers emit for a target beyond archspec's list; its descendants inherit it.
EMITTED: dict[str, tuple[str, ...]] = {
    "x86": ("x86",),
    "x86_64": ("lm", "x86"),
    "nocona": ("cx16", "sse3"),
    "core2": ("lahf_lm",),
    "k10": ("lahf_lm", "popcnt", "sse3"),
    "x86_64_v2": ("sse3",),
    "excavator": ("rdrand",),
    "zen": ("adx", "rdrand", "sha_ni"),
    "sapphirerapids": ("avx512_fp16", "avx_vnni"),
    "armv9.0a": ("asimdfhm", "asimdhp", "fphp"),
    "armv9.2a": ("wfxt",),
    # Linux lists the letters and the names of the `isa` line, POWER's generations and our words.
    "riscv64": ("rv64", "i", "m", "a", "f", "d", "c"),
    "x60": ("v", "zba", "zbb", "zbc", "zbs", "zfh", "zicond", "zvfh"),
    "ppc64": ("power",),
    "ppc64le": ("power", "power8"),  # the little-endian ABI begins there
    "power7": ("power7",),
    "power8": ("power8",),
    "power9": ("power9",),
    "power10": ("power10",),
    "power9le": ("power9",),
    "power10le": ("power10",),
}

# A RISC-V core whose code runs everywhere is known by the `uarch` line, which old kernels lack.
UARCH = {"u74mc": ("sifive,u74-mc",)}

FAMILIES = ("x86", "x86_64", "aarch64", "ppc64", "ppc64le", "riscv64")
