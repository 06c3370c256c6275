"""The audit: do built files keep to the instructions of their target?

What it finds, what it allows and what it cannot see: docs/audit.md. It reads files and runs
nothing of them; the same files give the same report on any machine.
"""

import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from envc.cpu import lattice
from envc.cpu.audit import arm, record, x86
from envc.cpu.audit.allow import BUILT_IN, Allowance, reason
from envc.cpu.audit.dispatch import Dispatched
from envc.cpu.audit.elf import AARCH64, X86_64, Elf, Function, NotReadableError
from envc.cpu.audit.model import Allowed, Finding, Hit, Report, Skipped

__all__ = ["Allowed", "Finding", "Report", "Skipped", "audit"]

_MACHINES = {"x86_64": X86_64, "aarch64": AARCH64}
_DECODERS = {X86_64: x86, AARCH64: arm}


class NotAuditedError(ValueError):
    """A target of a family whose instructions the audit does not know."""


def audit(paths: Iterable[str], target: str, allowances: Sequence[Allowance] = ()) -> Report:
    """Judges every ELF file in these files and folders; `target` is archspec's name."""
    if lattice.family(target) not in _MACHINES:
        raise NotAuditedError(f"the audit does not know the instructions of {target}")
    findings: list[Finding] = []
    allowed: list[Allowed] = []
    skipped: list[Skipped] = []
    files = 0
    for file, data in _elf_files(paths):
        files += 1
        try:
            for finding, why in _judged(file, data, target, (*allowances, *BUILT_IN)):
                if why:
                    allowed.append(Allowed(finding, why))
                else:
                    findings.append(finding)
        except NotReadableError as problem:
            skipped.append(Skipped(file, str(problem)))
        except struct.error:
            skipped.append(Skipped(file, "a table in it is damaged"))
    return Report(target, files, tuple(findings), tuple(allowed), tuple(skipped))


def _judged(
    file: str, data: bytes, target: str, allowances: Sequence[Allowance]
) -> Iterator[tuple[Finding, str]]:
    """Each finding of a file, with the reason why it is no fault if there is one."""
    elf = Elf(data)
    if elf.machine != _MACHINES[lattice.family(target)]:
        raise NotReadableError(f"for another machine (ELF number {elf.machine})")
    for each in (*record.native_leaks(elf, file, target), *record.isa_note(elf, file, target)):
        yield each, ""
    dispatched = Dispatched(elf, _DECODERS[elf.machine].references)
    for function, finding in _by_function(elf, file, target):
        yield finding, dispatched.reason(function) or reason(allowances, file, finding.place)


def _by_function(elf: Elf, file: str, target: str) -> Iterator[tuple[Function | None, Finding]]:
    """One finding for each function and feature, with its first instruction and how many."""
    groups: dict[tuple[Function | None, str], list[Hit]] = {}
    for hit in _DECODERS[elf.machine].hits(elf, target):
        groups.setdefault((elf.function_at(hit.address), hit.feature), []).append(hit)
    for (function, feature), hits in groups.items():
        first = hits[0]
        yield (
            function,
            Finding(
                file=file,
                place=_place(elf, function, first.address),
                address=first.address,
                instruction=first.text,
                feature=feature,
                target=target,
                count=len(hits),
            ),
        )


def _place(elf: Elf, function: Function | None, address: int) -> str:
    if function is not None and function.name:
        return function.name
    holders = (s for s in elf.executable if 0 <= address - s.address < s.size)
    section = next(holders).name
    return f"{section}+0x{address:x}" if function is None else f"{section}:0x{function.address:x}"


def _elf_files(paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Each file once, in the order of names; a link is not followed out of its folder."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        for file in _files(Path(path)):
            with file.open("rb") as opened:
                state = os.fstat(opened.fileno())
                if (state.st_dev, state.st_ino) in seen or opened.read(4) != b"\x7fELF":
                    continue
                seen.add((state.st_dev, state.st_ino))
                opened.seek(0)
                yield str(file), opened.read()


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        files = (Path(folder) / name for name in sorted(names))
        yield from (each for each in files if each.is_file() and not each.is_symlink())
