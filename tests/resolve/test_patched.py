"""Patches that are tried on their sources when a spec is locked."""

from hashlib import sha256

import pytest

from tests.lock.toy import WAVES, Toy, make_toy

pytestmark = pytest.mark.tool("git")

MADE = b"""--- a/main.c
+++ b/main.c
@@ -1 +1 @@
-int main(void) { return 0; }
+int main(void) { return 1; }
"""
AGAIN = MADE.replace(b"return 1", b"return 2").replace(b"return 0", b"return 1")


@pytest.fixture
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    made = make_toy(tmp_path_factory.mktemp("toy"))
    for name, data in (("made.patch", MADE), ("again.patch", AGAIN)):
        (made.folder / name).write_bytes(data)
    return made


def line(name: str, data: bytes, condition: str = "") -> str:
    return f'  patch "{name}" sha256:{sha256(data).hexdigest()}{condition}\n'


def app(*lines: str) -> str:
    return (
        'app heat2d {\n  source dir "." ignore "*.patch"\n  needs gcc@13.3\n'
        '  variant fast default no "Whether it is fast"\n'
        + "".join(lines)
        + "  targets x86_64_v3\n  emit dockerfile\n}"
    )


def test_those_that_apply_are_locked(toy: Toy) -> None:
    toy.locked([app(line("made.patch", MADE), line("again.patch", AGAIN))])
    assert toy.lock.read_text().count("[[patch]]") == 2


def test_one_that_does_not_is_told_at_its_line(toy: Toy) -> None:
    toy.write([app(line("again.patch", AGAIN))])
    done = toy.envc("lock", str(toy.spec))
    assert done.returncode == 4
    assert "error[E0408]: the patch cannot be made: " in done.stderr
    assert 'patch "again.patch"' in done.stderr
    assert not toy.lock.exists()


def test_the_order_counts(toy: Toy) -> None:
    (toy.folder / "twice.patch").write_bytes(MADE)
    toy.write([app(line("made.patch", MADE), line("twice.patch", MADE))])
    done = toy.envc("lock", str(toy.spec))
    assert done.returncode == 4
    assert 'patch "twice.patch"' in done.stderr
    assert 'patch "made.patch"' not in done.stderr


def test_only_those_that_are_made_together_are_tried(toy: Toy) -> None:
    """The second needs the first, and is not for what is built."""
    toy.locked([app(line("made.patch", MADE, " when not fast"), line("again.patch", AGAIN))])
    spec = app(line("made.patch", MADE, " when fast"), line("again.patch", AGAIN, " when fast"))
    toy.locked([spec])
    toy.write([app(line("made.patch", MADE, " when fast"), line("again.patch", AGAIN))])
    assert toy.envc("lock", str(toy.spec)).returncode == 4


def test_a_package_that_is_built_from_its_source_is_patched_too(toy: Toy) -> None:
    package = (
        WAVES.removesuffix("}")
        + '  version 3.2 from source\n  source dir "." ignore "*.patch"\n'
        + line("again.patch", AGAIN)
        + "}"
    )
    needs = app().replace("gcc@13.3", "gcc@13.3, waves@3.1")
    toy.locked([package, needs])
    toy.write([package, needs.replace("waves@3.1", "waves@3.2")])
    done = toy.envc("lock", str(toy.spec))
    assert done.returncode == 4, done.stderr
    assert 'patch "again.patch"' in done.stderr


def test_a_patch_that_is_made_at_another_time_is_stale(toy: Toy) -> None:
    toy.locked([app(line("made.patch", MADE, " when fast"))])
    assert toy.envc("lock", "--check", str(toy.spec)).returncode == 0
    for condition in ("", " when not fast", " when fast on x86_64_v3"):
        toy.write([app(line("made.patch", MADE, condition))])
        done = toy.envc("lock", "--check", str(toy.spec))
        assert done.returncode == 3
        assert (
            f"the patch made.patch sha256:{sha256(MADE).hexdigest()}{condition} of" in done.stderr
        )


def test_a_lock_from_before_conditions_were_in_it_is_stale_only_where_there_is_one(
    toy: Toy,
) -> None:
    text = toy.locked([app(line("made.patch", MADE, " when fast"))])
    toy.lock.write_text(text.replace(' when fast"\n', '"\n'))
    assert toy.envc("lock", "--check", str(toy.spec)).returncode == 3
    toy.write([app(line("made.patch", MADE))])
    assert toy.envc("lock", "--check", str(toy.spec)).returncode == 0
