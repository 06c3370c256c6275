"""What a lock holds, as values: small blocks, each of which says one thing and none twice.

Every block is a frozen dataclass of texts, whole numbers and tuples of texts, so that one reader
and one writer serve them all; a field with a default is left out where it says nothing. Blocks are
kept in the order of their fields, which nothing outside the lock has a part in.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from envc.values import dataclass

VERSION = 1
"""Readers of version N refuse N + 1."""

Words = tuple[str, ...]


class Block:
    """One `[[table]]` of the file."""

    __slots__ = ()
    TABLE: ClassVar[str]
    KEY: ClassVar[int]
    """How many of the first fields tell one block from another."""
    LINES: ClassVar[frozenset[str]] = frozenset()
    """Lists that are long: one entry a line, so that two branches can change them."""

    @property
    def key(self) -> tuple[object, ...]:
        return self.facts()[: self.KEY]

    def facts(self) -> tuple[Any, ...]:
        """In the order of the fields, which is the order of blocks."""
        names: tuple[str, ...] = self.__slots__
        return tuple(getattr(self, name) for name in names)

    def __lt__(self, other: "Block") -> bool:
        # One for all: `order=True` would make four methods for each kind at every start.
        return self.facts() < other.facts()


@dataclass(frozen=True, slots=True)
class LockedModule(Block):
    """A spec that was taken in, the library's included: its meaning, not its layout."""

    name: str
    digest: str

    TABLE: ClassVar[str] = "module"
    KEY: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class LockedRequest(Block):
    """What an app asks for, as its spec says it; freshness compares these."""

    app: str
    name: str
    versions: str = ""
    options: Words = ()
    roles: Words = ()
    origin: str = ""
    condition: str = ""
    toolchain: str = ""
    languages: Words = ()

    TABLE: ClassVar[str] = "request"
    KEY: ClassVar[int] = 9

    def __str__(self) -> str:
        wanted = f"{self.name}@{self.versions}" if self.versions else self.name
        said = (wanted, *(f"{each}" for each in self.options), self.condition)
        return " ".join(word for word in said if word)


@dataclass(frozen=True, slots=True)
class LockedTarget(Block):
    """The options that one compiler gets for one target of one app, in one language."""

    app: str
    origin: str
    target: str
    compiler: str
    version: str
    language: str
    flags: Words = ()
    codegen: Words = ()
    link: Words = ()
    pins: Words = ()
    """Variables set where it runs, as `NAME=value`."""
    stands_in: str = ""
    """The older target whose options these are, where the compiler does not know this one."""

    TABLE: ClassVar[str] = "target"
    KEY: ClassVar[int] = 6

    def __str__(self) -> str:
        return f"{self.app} on {self.target} with {self.compiler} {self.version} ({self.language})"


@dataclass(frozen=True, slots=True)
class LockedArchive(Block):
    """A Debian archive at one moment, and who signed it."""

    name: str
    """`debian/trixie`; a second moment of it beside the first is `debian/trixie+SNAPSHOT`."""
    snapshot: str
    """What the snapshot service calls the moment."""
    release: str
    """Of the signed InRelease, from which the digest of every index follows."""
    keys: Words
    components: Words = ("main",)

    TABLE: ClassVar[str] = "archive"
    KEY: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class LockedChannel(Block):
    """A Guix channel at one commit, and what its first trusted commit is signed with."""

    name: str
    url: str
    branch: str
    commit: str
    introduction: str
    fingerprint: str

    TABLE: ClassVar[str] = "channel"
    KEY: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class LockedComponent(Block):
    """What a request became: one package in one version, and who supplies it under which names."""

    origin: str
    """The archive or channel for which this was chosen."""
    name: str
    version: str
    options: Words = ()
    """Its variants that are not as the package has them by default."""
    target: str = ""
    """Only where another target gets other names."""
    supplier: str = ""
    """`source` or `host`, where it is not the origin."""
    build: Words = ()
    run: Words = ()

    TABLE: ClassVar[str] = "component"
    KEY: ClassVar[int] = 5

    def __str__(self) -> str:
        said = f"{self.name}@{self.version}" if self.version else self.name
        return " ".join((said, *self.options, *((f"on {self.target}",) if self.target else ())))


@dataclass(frozen=True, slots=True)
class LockedEnvironment(Block):
    """All that one app is built among and runs among, for one choice of its variants."""

    app: str
    origin: str
    choices: Words
    architecture: str
    """As the origin calls it: `amd64`, `x86_64-linux`."""
    targets: Words
    components: Words = ()
    build: Words = ()
    """Everything installed while it is built; `name=version` where the lock has two of a name."""
    run: Words = ()
    untuned: Words = ()
    """What could be built for each target's CPU and is not, as something brings it untuned."""
    build_wheels: Words = ()
    """Of the Python Package Index, as `name==version`."""
    run_wheels: Words = ()
    tools: Words = ()
    """Of Debian: what makes roots and images. Nothing is built among it, and no image has it."""

    TABLE: ClassVar[str] = "environment"
    KEY: ClassVar[int] = 5
    LINES: ClassVar[frozenset[str]] = frozenset(
        {"components", "build", "run", "untuned", "build_wheels", "run_wheels", "tools"}
    )

    def __str__(self) -> str:
        return " ".join((self.app, *self.choices, f"for {self.architecture} from {self.origin}"))


@dataclass(frozen=True, slots=True)
class LockedDeb(Block):
    """One package of Debian: its bytes."""

    origin: str
    name: str
    architecture: str
    version: str
    source: str
    path: str
    size: int
    sha256: str
    depends: Words = ()
    """Which of the locked packages serve its dependencies."""

    TABLE: ClassVar[str] = "deb"
    KEY: ClassVar[int] = 4

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.architecture})"


@dataclass(frozen=True, slots=True)
class LockedItem(Block):
    """One output of a Guix package, and where it lies in the store of whoever builds it."""

    origin: str
    name: str
    version: str
    output: str
    system: str
    tune: str = ""
    path: str = ""
    """Empty where only a Guix can tell."""

    TABLE: ClassVar[str] = "item"
    KEY: ClassVar[int] = 6

    def __str__(self) -> str:
        output = "" if self.output == "out" else f":{self.output}"
        return f"{self.name}@{self.version}{output} ({self.system})"


@dataclass(frozen=True, slots=True)
class LockedWheel(Block):
    """One distribution of the Python Package Index, for the Python of an origin: its bytes."""

    origin: str
    """The archive whose Python it is for."""
    name: str
    architecture: str
    version: str
    file: str
    size: int
    sha256: str
    urls: Words = ()
    depends: Words = ()
    """Which of the locked wheels serve its needs."""

    TABLE: ClassVar[str] = "wheel"
    KEY: ClassVar[int] = 4

    def __str__(self) -> str:
        return f"the wheel {self.file}"


@dataclass(frozen=True, slots=True)
class LockedSource(Block):
    """Code that is built: where it comes from, and what it has to be."""

    of: str
    """An app, or a component that no provider has ready."""
    kind: str
    place: str
    """As the spec names it."""
    name: str
    file: str
    size: int
    sha256: str
    swhid: str
    """Of the folder that is unpacked from it."""
    nar: str
    """Guix's digest of that folder."""
    urls: Words = ()
    commit: str = ""
    version: str = ""
    modules: Words = ()
    """Submodules of a git repository, each with its commit behind it."""

    TABLE: ClassVar[str] = "source"
    KEY: ClassVar[int] = 3

    def __str__(self) -> str:
        return f"the {self.kind} source of {self.of}"


@dataclass(frozen=True, slots=True)
class LockedPatch(Block):
    """A change to a source."""

    of: str
    place: str
    """As the spec names it, and when it is made."""
    size: int
    sha256: str

    TABLE: ClassVar[str] = "patch"
    KEY: ClassVar[int] = 2

    def __str__(self) -> str:
        return f"the patch {self.place} of {self.of}"


@dataclass(frozen=True, slots=True)
class LockedImage(Block):
    """An image to start from."""

    reference: str
    digest: str
    platforms: Words
    """`linux/amd64 sha256:…`"""

    TABLE: ClassVar[str] = "image"
    KEY: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class LockedOutput(Block):
    """What a build gave, for whoever builds the same closure again."""

    app: str
    target: str
    choices: Words
    kind: str
    """What was digested: an image's one layer, its manifest, a squashfs."""
    closure: str
    """Of all that it was built from: another closure owes nothing to this output."""
    digest: str
    size: int

    TABLE: ClassVar[str] = "output"
    KEY: ClassVar[int] = 4


@dataclass(frozen=True, slots=True)
class Lock:
    """Everything that was chosen for one spec."""

    archspec: str
    archspec_digest: str
    """Of archspec's data and of envc's corrections to it."""
    modules: tuple[LockedModule, ...] = ()
    requests: tuple[LockedRequest, ...] = ()
    targets: tuple[LockedTarget, ...] = ()
    archives: tuple[LockedArchive, ...] = ()
    channels: tuple[LockedChannel, ...] = ()
    images: tuple[LockedImage, ...] = ()
    components: tuple[LockedComponent, ...] = ()
    environments: tuple[LockedEnvironment, ...] = ()
    debs: tuple[LockedDeb, ...] = ()
    items: tuple[LockedItem, ...] = ()
    wheels: tuple[LockedWheel, ...] = ()
    sources: tuple[LockedSource, ...] = ()
    patches: tuple[LockedPatch, ...] = ()
    outputs: tuple[LockedOutput, ...] = ()


BLOCKS: dict[str, type[Block]] = {
    "modules": LockedModule,
    "requests": LockedRequest,
    "targets": LockedTarget,
    "archives": LockedArchive,
    "channels": LockedChannel,
    "images": LockedImage,
    "components": LockedComponent,
    "environments": LockedEnvironment,
    "debs": LockedDeb,
    "items": LockedItem,
    "wheels": LockedWheel,
    "sources": LockedSource,
    "patches": LockedPatch,
    "outputs": LockedOutput,
}
"""The tables by the lock's own names for them, in the order in which the file has them."""


def of_blocks(archspec: str, digest: str, blocks: Iterable[Block]) -> Lock:
    """A lock of blocks in any order, of which some may be twice there."""
    found: dict[str, Any] = {name: set() for name in BLOCKS}
    names = {kind: name for name, kind in BLOCKS.items()}
    for block in blocks:
        found[names[type(block)]].add(block)
    return Lock(archspec, digest, **{name: tuple(sorted(each)) for name, each in found.items()})
