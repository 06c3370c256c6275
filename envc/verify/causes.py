"""The catalogue of what makes builds differ, the most telling signs first."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from envc.verify import orders, signs
from envc.verify.case import Case
from envc.verify.difference import Because, Detail, Difference

Sign = Callable[[Detail, Case], str | None]


class Cause(NamedTuple):
    name: str
    sentence: str
    fix: str
    sign: Sign


CATALOGUE = (
    Cause(
        "umask",
        "new files have the rights that the umask of whoever builds leaves them",
        "set modes when installing: `install -m 644`, or `umask 022` at the start",
        signs.umask,
    ),
    Cause(
        "archive-header",
        "an archive of objects keeps when each object was made, and by whom",
        "call `ar` with `D` among its letters, as in `ar rcD`, and never with `U`",
        signs.object_header,
    ),
    Cause(
        "gzip-time",
        "gzip writes the time of the file into its header",
        "pack with `gzip -n`; in Python, `gzip.GzipFile(mtime=0)`",
        signs.gzip_time,
    ),
    Cause(
        "member-time",
        "an archive keeps when each of its files was written",
        "pack with `tar --sort=name --mtime=@$SOURCE_DATE_EPOCH --owner=0 --group=0`; for zip, "
        "`touch` the files first and use `zip -X`",
        signs.member_time,
    ),
    Cause(
        "pyc-time",
        "a compiled module of Python bears the time of its source",
        "leave compiled modules out, or make them by `compileall --invalidation-mode "
        "unchecked-hash`",
        signs.source_time,
    ),
    Cause(
        "compiled-date",
        "the source asks for the day or time at which it is compiled",
        "take `__DATE__` and `__TIME__` out; where SOURCE_DATE_EPOCH is set, gcc and clang say "
        "that moment instead",
        signs.compiled_date,
    ),
    Cause(
        "lto-seed",
        "objects for link-time optimization have names of chance in them, and paths",
        "link them, and do not install them; `-frandom-seed=` with the name of the source helps "
        "only where they are compiled in the same folder",
        signs.lto,
    ),
    Cause(
        "coverage",
        "code that counts its own calls knows the whole path of the file with the counts",
        "build without `--coverage`; no option takes the path out",
        signs.coverage,
    ),
    Cause(
        "build-path",
        "the folder in which it was built stands in what was built",
        "`-ffile-prefix-map` for all languages, as envc's compilers have it; print no `$PWD`",
        signs.path,
    ),
    Cause(
        "host-name",
        "the build asks what its machine is called",
        "do not print `hostname`",
        signs.host,
    ),
    Cause(
        "user-name", "the build asks who runs it", "do not print `whoami` or `$USER`", signs.user
    ),
    Cause(
        "locale-number",
        "numbers are written as the user's language writes them",
        "set LC_ALL=C.UTF-8 where numbers are printed",
        signs.comma,
    ),
    Cause(
        "locale-sort",
        "lines are sorted as the user's language sorts them",
        "sort with LC_ALL=C, as in `LC_ALL=C sort`",
        orders.by_language,
    ),
    Cause(
        "file-order",
        "files are taken in the order in which the disk lists them",
        "sort them: `sorted(os.listdir(…))`, `$(sort $(wildcard …))`, `find … | LC_ALL=C sort`, "
        "`tar --sort=name`",
        orders.by_folder,
    ),
    Cause(
        "hash-order",
        "a set or a hash table is printed in the order of its hashes, which are of chance",
        "sort what is printed, as in `sorted(names)`; PYTHONHASHSEED=0 makes Python's the same",
        orders.by_hash,
    ),
    Cause(
        "native-code",
        "a compiler makes code for the CPU of the machine that it runs on",
        "take `-march=native` and its like out: the target's options are given by envc",
        signs.native,
    ),
    Cause(
        "build-cpu",
        "the build looks at the CPU of its machine",
        "say in its settings which CPU is meant, and switch off what it finds out itself",
        signs.cpu,
    ),
    Cause(
        "processors",
        "the build counts the processors of its machine",
        "give the number: as `nproc` of the machine that runs it, or as a setting",
        signs.processors,
    ),
    Cause(
        "uuid",
        "a new unique identifier is made at each build",
        "make it of a name: UUID version 5",
        signs.uuid,
    ),
    Cause(
        "memory-address",
        "an address of memory is printed, which is of chance",
        "print what stands there",
        signs.address,
    ),
    Cause("process-number", "the number of a process is printed", "leave it out", signs.process),
    Cause(
        "temporary-name",
        "the name of a temporary file is of chance, and stands in what was built",
        "give the file a name of your own, in the folder of the build",
        signs.temporary,
    ),
    Cause(
        "clock",
        "the time of the build stands in what was built",
        "print SOURCE_DATE_EPOCH instead, which envc sets",
        signs.clock,
    ),
)
BY_NAME = {each.name: each for each in CATALOGUE}


def explained(difference: Difference, case: Case) -> Difference:
    """With each cause once, and the first thing that shows it.

    What none of the signs is in follows from the rest: a longer path moves all that is behind it.
    """
    found: dict[str, str] = {}
    for name, evidence in _found(difference, case):
        found.setdefault(name, evidence)
    return difference.because(tuple(Because(*each) for each in found.items()))


def _found(difference: Difference, case: Case) -> Iterator[tuple[str, str]]:
    for detail in difference.details:
        for cause in CATALOGUE:
            evidence = cause.sign(detail, case)
            if evidence is not None:
                yield cause.name, evidence
                break
