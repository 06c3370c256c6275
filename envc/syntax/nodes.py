"""How a spec is written: one class for each thing the grammar can say, each with its span.

Nothing here is interpreted: a number is still its text, a name may not exist. What it means is
`check`'s business; how it is printed is `layout`'s.
"""

from dataclasses import dataclass, field

from envc.source import Source, Span
from envc.syntax.words import Comment, Word

Items = tuple[tuple[Word, ...], ...]
"""Words between commas: `none, cuda` is two items of one word, `30 min` one item of two."""


@dataclass(slots=True, eq=False, repr=False)
class Node:
    """What a part of the grammar said, and where."""

    span: Span


# ---- conditions ----------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class VariantIs(Node):
    """`gpu is cuda`, or `mpi` alone. `denied` marks the deprecated `gpu is not cuda`."""

    variant: Word
    choice: Word | None
    denied: bool = False


@dataclass(slots=True, eq=False, repr=False)
class NotVariant(Node):
    """`not mpi`."""

    inner: "VariantTest"


@dataclass(slots=True, eq=False, repr=False)
class AllVariants(Node):
    """`mpi and gpu is cuda`."""

    parts: tuple["VariantTest", ...]


@dataclass(slots=True, eq=False, repr=False)
class AnyVariant(Node):
    """`mpi or gpu is cuda`."""

    parts: tuple["VariantTest", ...]


VariantTest = VariantIs | NotVariant | AllVariants | AnyVariant


@dataclass(slots=True, eq=False, repr=False)
class Cpu(Node):
    """`zen4`."""

    name: Word


@dataclass(slots=True, eq=False, repr=False)
class CpuRange(Node):
    """`zen2..zen4`; one end may be left out."""

    low: Word | None
    high: Word | None


@dataclass(slots=True, eq=False, repr=False)
class CpuHas(Node):
    """`has avx512f`."""

    feature: Word


@dataclass(slots=True, eq=False, repr=False)
class CpuVendor(Node):
    """`vendor amd`."""

    vendor: Word


@dataclass(slots=True, eq=False, repr=False)
class CpuFamily(Node):
    """`family aarch64`."""

    family: Word


@dataclass(slots=True, eq=False, repr=False)
class NotCpu(Node):
    """`not zen4`."""

    inner: "CpuTest"


@dataclass(slots=True, eq=False, repr=False)
class AllCpus(Node):
    """`has avx2 and not vendor amd`."""

    parts: tuple["CpuTest", ...]


@dataclass(slots=True, eq=False, repr=False)
class AnyCpu(Node):
    """`zen4, family aarch64`."""

    parts: tuple["CpuTest", ...]


CpuTest = Cpu | CpuRange | CpuHas | CpuVendor | CpuFamily | NotCpu | AllCpus | AnyCpu


@dataclass(slots=True, eq=False, repr=False)
class Condition(Node):
    """`when` asks about variants, `on` about the CPU; both hold where both are written."""

    when: VariantTest | None
    on: CpuTest | None


# ---- requests: name@versions +variant ------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Option(Node):
    """`+mpi` and `~mpi` have no choice; `precision=float` has one."""

    sign: str
    variant: Word
    choice: Word | None


@dataclass(slots=True, eq=False, repr=False)
class Request(Node):
    """`hdf5@1.10: +mpi`."""

    name: Word
    versions: Word | None
    options: tuple[Option, ...]


@dataclass(slots=True, eq=False, repr=False)
class Need(Node):
    """A request, what it is for, from where and when: `hdf5 for build when mpi`."""

    request: Request
    roles: tuple[Word, ...]
    origin: Word | None
    condition: Condition | None


# ---- statements ----------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Setting(Node):
    """A key of a block and its words: `time 30 min`."""

    key: Word
    items: Items
    condition: Condition | None


@dataclass(slots=True, eq=False, repr=False)
class Fact(Node):
    """`summary "…"`, `license MIT`: a keyword of the language and its words."""

    key: Word
    items: Items
    condition: Condition | None


@dataclass(slots=True, eq=False, repr=False)
class Attribute(Node):
    """`tag "v1"`; a hash stands alone, and then its key is None."""

    key: Word | None
    value: Word


@dataclass(slots=True, eq=False, repr=False)
class CodeSource(Node):
    """`source git "https://…"`, with a block or in one line."""

    kind: Word
    place: Word
    versions: Word | None
    attributes: tuple[Attribute, ...]
    block: bool


@dataclass(slots=True, eq=False, repr=False)
class Patch(Node):
    """`patch "fix.patch"`."""

    path: Word
    attributes: tuple[Attribute, ...]
    condition: Condition | None


@dataclass(slots=True, eq=False, repr=False)
class Variant(Node):
    """No choices means yes or no."""

    name: Word
    choices: tuple[Word, ...]
    default: Word | None
    about: Word | None


@dataclass(slots=True, eq=False, repr=False)
class Conflict(Node):
    """`conflict "why" when …`."""

    reason: Word
    condition: Condition


@dataclass(slots=True, eq=False, repr=False)
class Needs(Node):
    """One line of `needs`, or a block of it."""

    needs: tuple[Need, ...]
    block: bool


@dataclass(slots=True, eq=False, repr=False)
class Using(Node):
    """`using gnu13`."""

    toolchain: Word
    condition: Condition | None


@dataclass(slots=True, eq=False, repr=False)
class Targets(Node):
    """`targets x86_64_v3, zen4`."""

    names: tuple[Word, ...]


@dataclass(slots=True, eq=False, repr=False)
class Build(Node):
    """`build cmake`, with what it is told."""

    system: Word
    condition: Condition | None
    settings: tuple[Setting, ...]


@dataclass(slots=True, eq=False, repr=False)
class Flags(Node):
    """`flags { … }`."""

    settings: tuple[Setting, ...]


@dataclass(slots=True, eq=False, repr=False)
class Environment(Node):
    """`env { … }`."""

    settings: tuple[Setting, ...]


@dataclass(slots=True, eq=False, repr=False)
class Skip(Node):
    """`skip when …`: a hole in the matrix."""

    condition: Condition


@dataclass(slots=True, eq=False, repr=False)
class Matrix(Node):
    """`matrix { … }`."""

    rows: tuple[Setting | Skip, ...]


@dataclass(slots=True, eq=False, repr=False)
class Check(Node):
    """A `test`: a command, and what its output holds."""

    command: Word
    expect: Word | None
    condition: Condition | None


@dataclass(slots=True, eq=False, repr=False)
class Run(Node):
    """`run small { … }`: a job."""

    name: Word
    settings: tuple[Setting, ...]


@dataclass(slots=True, eq=False, repr=False)
class Emit(Node):
    """`emit guix, dockerfile`."""

    names: tuple[Word, ...]


@dataclass(slots=True, eq=False, repr=False)
class Versions(Node):
    """`version 1.10.8 from debian/bookworm`."""

    numbers: tuple[Word, ...]
    origin: Word | None


@dataclass(slots=True, eq=False, repr=False)
class Provider(Node):
    """`provider debian { … }`."""

    name: Word
    needs: tuple[Need, ...]


@dataclass(slots=True, eq=False, repr=False)
class ToolchainPart(Node):
    """`c gcc@13`: who compiles a language."""

    languages: tuple[Word, ...]
    request: Request
    condition: Condition | None


@dataclass(slots=True, eq=False, repr=False)
class Scheduler(Node):
    """`scheduler slurm { … }` of a site."""

    name: Word
    settings: tuple[Setting, ...]


@dataclass(slots=True, eq=False, repr=False)
class Partition(Node):
    """`partition cpu { … }` of a site."""

    name: Word
    settings: tuple[Setting, ...]


@dataclass(slots=True, eq=False, repr=False)
class Host(Node):
    """`host slurm@23 "/opt/slurm"`: what a site has installed itself."""

    request: Request
    place: Word | None


@dataclass(slots=True, eq=False, repr=False)
class Include(Node):
    """`include heat2d +mpi` in a campaign."""

    request: Request
    condition: Condition | None


Statement = (
    Fact | CodeSource | Patch | Variant | Conflict | Needs | Using | Targets | Build | Flags
    | Environment | Matrix | Check | Run | Emit | Versions | Provider | ToolchainPart
    | Scheduler | Partition | Host | Include | Skip | Setting
)  # fmt: skip


# ---- what stands at the top of a file ------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Header(Node):
    """`envc 1`, the first line."""

    version: Word


@dataclass(slots=True, eq=False, repr=False)
class Use(Node):
    """`use "sites.envc"`."""

    path: Word


@dataclass(slots=True, eq=False, repr=False)
class TargetSet(Node):
    """`targets tier1 = zen2, zen4`."""

    name: Word
    members: tuple[Word, ...]


@dataclass(slots=True, eq=False, repr=False)
class Toolchain(Node):
    """`toolchain gnu13 { … }`."""

    name: Word
    parts: tuple[ToolchainPart, ...]


@dataclass(slots=True, eq=False, repr=False)
class Package(Node):
    """`package hdf5 { … }`."""

    name: Word
    body: tuple[Statement, ...]


@dataclass(slots=True, eq=False, repr=False)
class App(Node):
    """`app heat2d@1.4.0 { … }`."""

    name: Word
    versions: Word | None
    body: tuple[Statement, ...]


@dataclass(slots=True, eq=False, repr=False)
class Site(Node):
    """`site laptop { … }`."""

    name: Word
    body: tuple[Statement, ...]


@dataclass(slots=True, eq=False, repr=False)
class Campaign(Node):
    """`campaign scan { … }`."""

    name: Word
    body: tuple[Statement, ...]


Item = Header | Use | TargetSet | Toolchain | Package | App | Site | Campaign


@dataclass(slots=True, eq=False, repr=False)
class SpecFile:
    """One parsed file. `broken` says that some statements could not be read and are missing."""

    source: Source
    items: tuple[Item, ...]
    comments: tuple[Comment, ...] = ()
    broken: bool = field(default=False)
