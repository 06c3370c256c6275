"""A package that other packages serve in each of two environments is locked once."""

from envc.lock.model import Lock
from envc.lock.text import read
from tests.debian.archive_maker import Package
from tests.lock.toy import TRIXIE, Toy

MAIL: tuple[Package, ...] = (
    {"Package": "mutt", "Version": "1-1", "Depends": "exim4 | postfix, libc6"},
    {"Package": "exim4", "Version": "1-1"},
    {"Package": "postfix", "Version": "1-1"},
)


def app(name: str, needs: str) -> str:
    return (
        f'app {name} {{\n  source dir "."\n  needs gcc@13.3, {needs}\n'
        "  targets x86_64_v3\n  emit dockerfile\n}"
    )


def test_each_environment_keeps_its_own_choice(toy: Toy) -> None:
    toy.moves((*TRIXIE, *MAIL), days=0)
    apps = [app("one", "debian/mutt"), app("two", "debian/mutt, debian/postfix")]
    first = toy.locked(apps)
    lock = read(first)
    assert isinstance(lock, Lock)
    (mutt,) = (each for each in lock.debs if each.name == "mutt")
    assert mutt.depends == ("exim4", "libc6", "postfix")
    one, two = ({*each.run} & {"exim4", "postfix"} for each in lock.environments)
    assert (one, two) == ({"exim4"}, {"postfix"})
    done = toy.envc("lock", "--check", str(toy.spec))
    assert done.returncode == 0, done.stderr
    toy.lock.unlink()
    assert toy.locked(reversed(apps)) == first
