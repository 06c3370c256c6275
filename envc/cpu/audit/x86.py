"""x86-64: each instruction is decoded by iced-x86, which knows the CPUID bits that it needs."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from envc.cpu.audit.elf import Elf, Section
from envc.cpu.audit.model import Hit, ToolMissingError
from envc.cpu.selector.needs import uses

if TYPE_CHECKING:
    from types import ModuleType

# iced's name of a CPUID bit, without underscores → archspec's word for it.
WATCHED = {
    "ADX": "adx", "AES": "aes", "AMXBF16": "amx_bf16", "AMXCOMPLEX": "amx_complex",
    "AMXFP16": "amx_fp16", "AMXINT8": "amx_int8", "AMXTILE": "amx_tile", "AVX": "avx",
    "AVX2": "avx2", "AVX512BW": "avx512bw", "AVX512CD": "avx512cd", "AVX512DQ": "avx512dq",
    "AVX512ER": "avx512er", "AVX512F": "avx512f", "AVX512PF": "avx512pf",
    "AVX512VL": "avx512vl", "AVX5124FMAPS": "avx512_4fmaps", "AVX5124VNNIW": "avx512_4vnniw",
    "AVX512BF16": "avx512_bf16", "AVX512BITALG": "avx512_bitalg", "AVX512FP16": "avx512_fp16",
    "AVX512IFMA": "avx512ifma", "AVX512VBMI": "avx512vbmi", "AVX512VBMI2": "avx512_vbmi2",
    "AVX512VNNI": "avx512_vnni", "AVX512VP2INTERSECT": "avx512_vp2intersect",
    "AVX512VPOPCNTDQ": "avx512_vpopcntdq", "AVXIFMA": "avx_ifma",
    "AVXNECONVERT": "avx_ne_convert", "AVXVNNI": "avx_vnni", "AVXVNNIINT16": "avx_vnni_int16",
    "AVXVNNIINT8": "avx_vnni_int8", "BMI1": "bmi1", "BMI2": "bmi2", "CMPCCXADD": "cmpccxadd",
    "CMPXCHG16B": "cx16", "D3NOW": "3dnow", "D3NOWEXT": "3dnowext", "F16C": "f16c",
    "FMA": "fma", "FMA4": "fma4", "GFNI": "gfni", "LZCNT": "abm", "MOVBE": "movbe",
    "PCLMULQDQ": "pclmulqdq", "POPCNT": "popcnt", "RAOINT": "rao_int", "RDRAND": "rdrand",
    "RDSEED": "rdseed", "SHA": "sha_ni", "SHA512": "sha512", "SM3": "sm3", "SM4": "sm4",
    "SSE3": "sse3", "SSE4A": "sse4a", "SSE41": "sse4_1", "SSE42": "sse4_2", "SSSE3": "ssse3",
    "TBM": "tbm", "VAES": "vaes", "VPCLMULQDQ": "vpclmulqdq", "XOP": "xop",
}  # fmt: skip
# `rep bsf` on a CPU without BMI1, where it gives the same: gcc writes it for any target.
HARMLESS = frozenset({"TZCNT"})

INSTALL = "pip install 'envc[audit]'"


def hits(elf: Elf, target: str) -> Iterator[Hit]:
    """What the target's CPUs may lack. A section without any is read once, at full speed."""
    iced, verdict = _iced(), _verdicts(target)
    for section in elf.executable:
        content = elf.content(section)
        codes = {each.code for each in iced.Decoder(64, content, ip=section.address)}
        if any(map(verdict, codes)):
            yield from _located(elf, section, content, verdict)


def references(elf: Elf, start: int) -> Iterator[int]:
    """The addresses that a function takes of others: a resolver's are what it chooses from."""
    iced = _iced()
    section = next((s for s in elf.executable if 0 <= start - s.address < s.size), None)
    if section is None:
        return
    later = (each.address for each in elf.functions if each.address > start)
    end = min(next(later, start + 4096), section.address + section.size)
    code = elf.content(section)[start - section.address : end - section.address]
    for each in iced.Decoder(64, code, ip=start):
        if each.is_ip_rel_memory_operand:
            yield each.ip_rel_memory_address
        elif each.op_count == 2 and each.op1_kind in _immediates(iced):
            yield each.immediate(1)


def _located(
    elf: Elf, section: Section, content: bytes, verdict: Callable[[int], str]
) -> Iterator[Hit]:
    """Decoded function by function: what stands between two is not always code."""
    iced = _iced()
    show = iced.Formatter(iced.FormatterSyntax.GAS)
    end = section.address + section.size
    inside = [f.address for f in elf.functions if section.address < f.address < end]
    starts = [section.address, *inside]
    for start, stop in zip(starts, [*inside, end], strict=True):
        code = content[start - section.address : stop - section.address]
        for each in iced.Decoder(64, code, ip=start):
            feature = verdict(each.code)
            if feature:
                yield Hit(each.ip, show.format(each), feature)


def _verdicts(target: str) -> Callable[[int], str]:
    """Of an instruction's code: the feature it needs and the target lacks, or nothing."""
    iced, has = _iced(), uses(target)
    names = cpuid_names(iced)

    @cache
    def verdict(code: int) -> str:
        sample = iced.Instruction()
        sample.code = code
        if _mnemonics(iced)[sample.mnemonic] in HARMLESS:
            return ""
        wanted = (WATCHED.get(names[bit]) for bit in sample.cpuid_features())
        return next((each for each in wanted if each is not None and each not in has), "")

    return verdict


def cpuid_names(iced: "ModuleType") -> dict[int, str]:
    return {
        value: name.replace("_", "")
        for name, value in vars(iced.CpuidFeature).items()
        if isinstance(value, int)
    }


@cache
def _mnemonics(iced: Any) -> dict[int, str]:
    return {value: name for name, value in vars(iced.Mnemonic).items() if isinstance(value, int)}


@cache
def _immediates(iced: Any) -> frozenset[int]:
    kinds = iced.OpKind
    return frozenset({kinds.IMMEDIATE32, kinds.IMMEDIATE64, kinds.IMMEDIATE32TO64})


@cache
def _iced() -> Any:
    try:
        import iced_x86
    except ImportError as problem:
        message = f"the decoder iced-x86 is not installed: {INSTALL}"
        raise ToolMissingError(message) from problem
    return iced_x86
