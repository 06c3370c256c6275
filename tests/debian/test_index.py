"""A package is found by its name, by what it provides and by its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.debian import table
from envc.debian.control import stanzas
from envc.debian.index import SECTIONS, Deb, Index, line, unfolded
from envc.debian.packages import Described, described, tabled
from envc.debian.table import Made
from envc.facts.problem import Problem

SHA = "ab" * 32
WAVES = f"""\
Package: waves
Source: waves-src (1:0.9)
Version: 1:1.0-2+b1
Installed-Size: 12
Architecture: amd64
Multi-Arch: same
Pre-Depends: init
Depends: libc6 (>= 2.36),
 libwaves1 (= 1.0) | libwaves0
Conflicts: ripples
Breaks: foam (<< 2)
Provides: wave-api (= 1.0), sea:any,\twater
Replaces: old-waves
Essential: yes
Protected: yes
Section: science
Priority: optional
Filename: pool/main/w/waves/waves_1.0-2+b1_amd64.deb
Size: 17
SHA256: {SHA}
Description: what moves
"""
DEB = Deb(
    name="waves",
    version="1:1.0-2+b1",
    architecture="amd64",
    source="waves-src",
    source_version="1:0.9",
    path="pool/main/w/waves/waves_1.0-2+b1_amd64.deb",
    size=17,
    sha256=SHA,
    pre_depends="init",
    depends="libc6 (>= 2.36), libwaves1 (= 1.0) | libwaves0",
    conflicts="ripples",
    breaks="foam (<< 2)",
    provides="wave-api (= 1.0), sea:any, water",
    replaces="old-waves",
    essential=True,
    important=True,
    priority="optional",
    multi_arch="same",
    section="science",
    mention=0,
)


def stanza(name: str, version: str = "1", **more: str) -> str:
    fields = {
        "Package": name,
        "Version": version,
        "Architecture": "amd64",
        "Filename": f"pool/{name}_{version}.deb",
        "Size": "1",
        "SHA256": SHA,
        **more,
    }
    return "".join(f"{key}: {value}\n" for key, value in fields.items())


def index(*components: str) -> Index:
    tables = []
    for text in components:
        made = tabled(text.encode(), "amd64", "key")
        assert isinstance(made, Made), made
        assert table.read(made.data, "key", SECTIONS) == made.table
        tables.append(made.table)
    return Index("toy", "amd64", tables)


def test_every_field_is_read() -> None:
    assert described(WAVES.rstrip("\n"), {}) == Described(DEB, "what moves")
    found = index(WAVES)
    assert found.named("waves") == (DEB,)
    assert found.description("waves") == "what moves"
    assert DEB.provided() == ["wave-api", "sea", "water"]


def test_what_is_left_out_is_empty() -> None:
    (deb,) = index(stanza("waves")).named("waves")
    assert (deb.source, deb.source_version) == ("waves", "1")
    assert not any((deb.depends, deb.provides, deb.essential, deb.important, deb.section))


fields = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8)
debs = st.builds(
    Deb,
    *[fields] * 6,
    st.integers(0),
    *[fields] * 7,
    st.booleans(),
    st.booleans(),
    *[fields] * 3,
    st.integers(0),
)


@given(debs, fields)
def test_what_a_table_keeps_is_read_again(deb: Deb, description: str) -> None:
    name, tab, told = line(deb, description).partition("\t")
    assert tab
    assert (name, unfolded(name, told)) == (deb.name, deb)
    assert told.endswith(f"\t{description}")


def test_the_newest_version_comes_first() -> None:
    found = index("\n".join(stanza("waves", version) for version in ("2", "1:1", "10", "1~rc")))
    assert [deb.version for deb in found.named("waves")] == ["1:1", "10", "2", "1~rc"]


def test_names_are_sorted_and_each_is_there_once() -> None:
    text = "\n".join(stanza(name) for name in ("b", "a2", "a", "b-dev", "a+", "b"))
    assert list(index(text).names()) == ["a", "a+", "a2", "b", "b-dev"]
    assert list(index(text, stanza("aa")).names()) == ["a", "a+", "a2", "aa", "b", "b-dev"]


def test_who_provides_a_name_is_found_in_the_order_of_the_index() -> None:
    text = "\n".join(
        [
            stanza("postfix", Provides="mail-transport-agent, smtpd"),
            stanza("exim", Provides="mail-transport-agent (= 2)"),
            stanza("exim", "2"),
            stanza("mail-transport-agent", Provides="mail-transport-agent"),
        ]
    )
    found = index(text)
    providing = [(deb.name, deb.version) for deb in found.providing("mail-transport-agent")]
    assert providing == [("postfix", "1"), ("exim", "1")]
    assert found.providing("exim") == ()


def test_what_is_built_from_a_source_is_found() -> None:
    built = [stanza("waves-doc", Source="waves (1)"), stanza("libwaves", Source="waves")]
    found = index("\n".join([*built, stanza("waves")]))
    assert found.from_source("waves") == ("libwaves", "waves", "waves-doc")
    assert found.from_source("wave") == ()


def test_what_is_essential_is_found() -> None:
    text = "\n".join([stanza("sed", Essential="yes"), stanza("awk"), stanza("a", Essential="yes")])
    assert [deb.name for deb in index(text).essential()] == ["a", "sed"]


def test_of_two_components_both_are_read() -> None:
    found = index(stanza("waves", "1"), stanza("waves", "2") + "\n" + stanza("foam"))
    assert [deb.version for deb in found.named("waves")] == ["2", "1"]
    assert found.from_source("foam") == ("foam",)
    assert found.description("foam") == ""


@pytest.mark.parametrize("name", ["", "wave", "waves1", "a\tb", "waves\t1", "é", "\ud800", "z\n"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    found = index(WAVES)
    assert found.named(name) == ()
    assert found.providing(name) == ()
    assert found.description(name) == ""


names = st.from_regex(r"[a-c][a-c+.-]{0,3}", fullmatch=True)


@given(st.lists(names, unique=True), names)
def test_every_name_is_found_and_no_other(known: list[str], other: str) -> None:
    found = index("\n".join(stanza(name) for name in known))
    assert list(found.names()) == sorted(known)
    assert all([deb.name for deb in found.named(name)] == [name] for name in known)
    assert bool(found.named(other)) == (other in known)


def test_old_encodings_are_read_around() -> None:
    text = stanza("waves", Description="Wellen f\u00fcr alle").encode("latin-1")
    made = tabled(text, "amd64", "key")
    assert isinstance(made, Made)
    assert Index("toy", "amd64", [made.table]).description("waves") == "Wellen f\ufffdr alle"


def test_the_same_stanza_twice_is_one_package() -> None:
    assert len(index(WAVES + "\n\n\n" + WAVES).named("waves")) == 1


WRONG = {
    "no name": (stanza("waves").replace("Package", "X-Name"), "`` has no field `Package`"),
    "no hash": (stanza("waves").replace("SHA256", "MD5sum"), "`waves` has no field `SHA256`"),
    "no size": (stanza("waves", Size=""), "`waves` has no field `Size`"),
    "a size of words": (stanza("waves", Size="big"), "`waves` says `Size: big`, which cannot be"),
    "a short hash": (
        stanza("waves", SHA256="ab"),
        "`waves` says `SHA256: ab`, which cannot be",
    ),
    "a path out of the archive": (
        stanza("waves", Filename="pool/../../etc/passwd"),
        "`waves` says `Filename: pool/../../etc/passwd`, which cannot be",
    ),
    "a path from the root": (
        stanza("waves", Filename="/etc/passwd"),
        "`waves` says `Filename: /etc/passwd`, which cannot be",
    ),
    "a name with a command in it": (
        stanza("waves;reboot"),
        "`waves;reboot` says `Package: waves;reboot`, which cannot be",
    ),
    "no version": (stanza("waves", "one_two"), "`waves` has the version `one_two`, which is none"),
    "another architecture": (stanza("waves", Architecture="i386"), "`waves` is for i386"),
    "two of one version": (
        f"{stanza('waves')}\n{stanza('waves', SHA256='cd' * 32)}",
        "`waves` is listed twice as 1, with other contents",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=list(WRONG))
def test_a_package_that_cannot_be_is_told(text: str, message: str) -> None:
    assert tabled(text.encode(), "amd64", "key") == Problem(
        f"is not used: its package {message}",
        "tell the archive's keepers: it signed this index as it is",
    )


def test_a_stanza_that_is_none_is_told() -> None:
    found = tabled(b"nonsense\n", "amd64", "key")
    assert isinstance(found, Problem)
    assert found.message == "is not readable: `nonsense` is not a field"


@given(st.binary())
def test_any_bytes_are_a_table_or_a_problem(data: bytes) -> None:
    assert isinstance(tabled(data, "amd64", "key"), Made | Problem)


@given(st.text(), st.integers(0, len(WAVES)), st.integers(0, 30))
def test_any_change_of_a_stanza_is_read_or_told(more: str, place: int, gone: int) -> None:
    changed = WAVES[:place] + more + WAVES[place + gone :]
    for each in stanzas(changed):
        assert isinstance(described(each, {}), Described | Problem)
    assert isinstance(tabled(changed.encode(errors="replace"), "amd64", "key"), Made | Problem)


MADE = tabled(WAVES.encode(), "amd64", "key")


@given(st.integers(0), st.integers(1, 255))
def test_a_damaged_table_is_none(place: int, change: int) -> None:
    assert isinstance(MADE, Made)
    data = bytearray(MADE.data)
    data[place % len(data)] ^= change
    assert table.read(bytes(data), "key", SECTIONS) is None


@given(st.binary())
def test_any_bytes_are_no_table(data: bytes) -> None:
    assert table.read(data, "key", SECTIONS) is None


def test_a_table_of_something_else_is_none() -> None:
    assert isinstance(MADE, Made)
    assert table.read(MADE.data, "other", SECTIONS) is None
    assert table.read(MADE.data, "key", SECTIONS + 1) is None
    assert table.read(MADE.data[:-1], "key", SECTIONS) is None
    assert table.read(MADE.data + b"\n", "key", SECTIONS) is None
