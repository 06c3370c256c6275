"""How a spec is written: one class for each thing the grammar can say, each with its span.

Nothing here is interpreted: a number is still its text, a name may not exist. What it means is
`check`'s business; how it is printed is `layout`'s.
"""

from dataclasses import dataclass, field

from envc.source import Source, Span
from envc.syntax.words import Comment, Word

Items = tuple[tuple[Word, ...], ...]
"""Words between commas: `none, cuda` is two items of one word, `30 min` one item of two."""


@dataclass(slots=True)
class Node:
    span: Span


# ---- conditions ----------------------------------------------------------------------------------


@dataclass(slots=True)
class VariantIs(Node):
    """`gpu is cuda`, or `mpi` alone. `denied` marks the deprecated `gpu is not cuda`."""

    variant: Word
    choice: Word | None
    denied: bool = False


@dataclass(slots=True)
class NotVariant(Node):
    inner: "VariantTest"


@dataclass(slots=True)
class AllVariants(Node):
    parts: tuple["VariantTest", ...]


@dataclass(slots=True)
class AnyVariant(Node):
    parts: tuple["VariantTest", ...]


VariantTest = VariantIs | NotVariant | AllVariants | AnyVariant


@dataclass(slots=True)
class Cpu(Node):
    name: Word


@dataclass(slots=True)
class CpuRange(Node):
    low: Word | None
    high: Word | None


@dataclass(slots=True)
class CpuHas(Node):
    feature: Word


@dataclass(slots=True)
class CpuVendor(Node):
    vendor: Word


@dataclass(slots=True)
class CpuFamily(Node):
    family: Word


@dataclass(slots=True)
class NotCpu(Node):
    inner: "CpuTest"


@dataclass(slots=True)
class AllCpus(Node):
    parts: tuple["CpuTest", ...]


@dataclass(slots=True)
class AnyCpu(Node):
    parts: tuple["CpuTest", ...]


CpuTest = Cpu | CpuRange | CpuHas | CpuVendor | CpuFamily | NotCpu | AllCpus | AnyCpu


@dataclass(slots=True)
class Condition(Node):
    """`when` asks about variants, `on` about the CPU; both hold where both are written."""

    when: VariantTest | None
    on: CpuTest | None


# ---- requests: name@versions +variant ------------------------------------------------------------


@dataclass(slots=True)
class Option(Node):
    """`+mpi` and `~mpi` have no choice; `precision=float` has one."""

    sign: str
    variant: Word
    choice: Word | None


@dataclass(slots=True)
class Request(Node):
    name: Word
    versions: Word | None
    options: tuple[Option, ...]


@dataclass(slots=True)
class Need(Node):
    request: Request
    roles: tuple[Word, ...]
    origin: Word | None
    condition: Condition | None


# ---- statements ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Setting(Node):
    key: Word
    items: Items
    condition: Condition | None


@dataclass(slots=True)
class Fact(Node):
    """`summary "…"`, `license MIT`: a keyword of the language and its words."""

    key: Word
    items: Items
    condition: Condition | None


@dataclass(slots=True)
class Attribute(Node):
    """`tag "v1"`; a hash stands alone, and then its key is None."""

    key: Word | None
    value: Word


@dataclass(slots=True)
class CodeSource(Node):
    kind: Word
    place: Word
    versions: Word | None
    attributes: tuple[Attribute, ...]
    block: bool


@dataclass(slots=True)
class Patch(Node):
    path: Word
    attributes: tuple[Attribute, ...]
    condition: Condition | None


@dataclass(slots=True)
class Variant(Node):
    """No choices means yes or no."""

    name: Word
    choices: tuple[Word, ...]
    default: Word | None
    about: Word | None


@dataclass(slots=True)
class Conflict(Node):
    reason: Word
    condition: Condition


@dataclass(slots=True)
class Needs(Node):
    needs: tuple[Need, ...]
    block: bool


@dataclass(slots=True)
class Using(Node):
    toolchain: Word
    condition: Condition | None


@dataclass(slots=True)
class Targets(Node):
    names: tuple[Word, ...]


@dataclass(slots=True)
class Build(Node):
    system: Word
    condition: Condition | None
    settings: tuple[Setting, ...]


@dataclass(slots=True)
class Flags(Node):
    settings: tuple[Setting, ...]


@dataclass(slots=True)
class Environment(Node):
    settings: tuple[Setting, ...]


@dataclass(slots=True)
class Skip(Node):
    condition: Condition


@dataclass(slots=True)
class Matrix(Node):
    rows: tuple[Setting | Skip, ...]


@dataclass(slots=True)
class Check(Node):
    """A `test`: a command, and what its output holds."""

    command: Word
    expect: Word | None
    condition: Condition | None


@dataclass(slots=True)
class Run(Node):
    name: Word
    settings: tuple[Setting, ...]


@dataclass(slots=True)
class Emit(Node):
    names: tuple[Word, ...]


@dataclass(slots=True)
class Versions(Node):
    numbers: tuple[Word, ...]
    origin: Word | None


@dataclass(slots=True)
class Provider(Node):
    name: Word
    needs: tuple[Need, ...]


@dataclass(slots=True)
class ToolchainPart(Node):
    languages: tuple[Word, ...]
    request: Request
    condition: Condition | None


@dataclass(slots=True)
class Scheduler(Node):
    name: Word
    settings: tuple[Setting, ...]


@dataclass(slots=True)
class Partition(Node):
    name: Word
    settings: tuple[Setting, ...]


@dataclass(slots=True)
class Host(Node):
    request: Request
    place: Word | None


@dataclass(slots=True)
class Include(Node):
    request: Request
    condition: Condition | None


Statement = (
    Fact | CodeSource | Patch | Variant | Conflict | Needs | Using | Targets | Build | Flags
    | Environment | Matrix | Check | Run | Emit | Versions | Provider | ToolchainPart
    | Scheduler | Partition | Host | Include | Skip | Setting
)  # fmt: skip


# ---- what stands at the top of a file ------------------------------------------------------------


@dataclass(slots=True)
class Header(Node):
    version: Word


@dataclass(slots=True)
class Use(Node):
    path: Word


@dataclass(slots=True)
class TargetSet(Node):
    name: Word
    members: tuple[Word, ...]


@dataclass(slots=True)
class Toolchain(Node):
    name: Word
    parts: tuple[ToolchainPart, ...]


@dataclass(slots=True)
class Package(Node):
    name: Word
    body: tuple[Statement, ...]


@dataclass(slots=True)
class App(Node):
    name: Word
    versions: Word | None
    body: tuple[Statement, ...]


@dataclass(slots=True)
class Site(Node):
    name: Word
    body: tuple[Statement, ...]


@dataclass(slots=True)
class Campaign(Node):
    name: Word
    body: tuple[Statement, ...]


Item = Header | Use | TargetSet | Toolchain | Package | App | Site | Campaign


@dataclass(slots=True)
class SpecFile:
    """One parsed file. `broken` says that some statements could not be read and are missing."""

    source: Source
    items: tuple[Item, ...]
    comments: tuple[Comment, ...] = ()
    broken: bool = field(default=False)
