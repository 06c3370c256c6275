"""What stays whatever its age, because a lock names it."""

from collections.abc import Iterable, Mapping

from envc.resolve.bases import World, bases
from envc.resolve.needed import Refused, brought_afresh, needed
from envc.store.objects import Store
from envc.store.progress import Silent


def kept(
    files: Iterable[str], environ: Mapping[str, str], store: Store
) -> frozenset[str] | Refused:
    """Digests of all that is needed to build and to lock again, as far as the store has it."""
    found: set[str] = set()
    for file in files:
        asked = needed(file, None, environ)
        if isinstance(asked, Refused):
            return asked
        again = brought_afresh(asked, environ, store, offline=True, show=Silent())
        images = bases(asked.lock, None, World(asked.places, store, offline=True, show=Silent()))
        found.update(each.digest for each in (*asked.wanted, *images.wanted, *again.wanted))
    return frozenset(found)
