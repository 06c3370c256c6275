"""Brings what a build lacks: from the places that the lock and the user's environment name."""

from collections.abc import Mapping, Sequence

from envc.build.bench import Bring
from envc.facts.problem import Problem
from envc.resolve.bases import World, bases
from envc.resolve.needed import Needed, remake
from envc.store.fetch import outcomes
from envc.store.objects import Store
from envc.store.progress import Show


def bringing(needed: Needed, store: Store, show: Show, *, offline: bool) -> Bring:
    """Folders beside the spec are packed again, all else is fetched: also the parts of an image
    that an app starts from, of which just its own manifest is known before it is there."""
    known = {each.digest: each for each in needed.wanted}

    def bring(digests: Sequence[str]) -> Mapping[str, Problem]:
        unmade = remake(needed, store, offline=offline, show=show)
        wanted = [known[digest] for digest in digests if digest in known]
        found = outcomes(store, wanted, offline=offline, show=show)
        if len(wanted) < len(digests):
            world = World(needed.places, store, offline=offline, show=show)
            missing = bases(needed.lock, None, world).missing
            found = {**found, **{each.digest: problem for each, problem in missing.items()}}
        return {digest: unmade.get(digest, problem) for digest, problem in found.items()}

    return bring
