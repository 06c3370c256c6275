"""A Debian archive: what it signed last, and what it signed when something was locked."""

import time
from dataclasses import dataclass, field

from envc.debian import keyring, release, signature
from envc.debian.keyring import Keyring
from envc.debian.snapshot import Snapshot
from envc.facts.problem import Problem
from envc.store.content import KIND, is_digits, of_bytes
from envc.store.download import download
from envc.store.fetch import Wanted, fetch
from envc.store.objects import Store
from envc.store.places import Places
from envc.store.progress import Show, Silent
from envc.store.trouble import NotStoredError
from envc.store.urls import shown

_LIMIT = 1 << 24
"""Bytes; Debian's largest release has 200,000."""
_ACCEPT = "take another mirror with `ENVC_DEBIAN_MIRROR`, or accept it with `--allow-expired`"


@dataclass(frozen=True, slots=True)
class Archive:
    store: Store
    places: Places
    origin: str = "debian"
    """Among the origins of the places."""
    keyring: Keyring = field(default_factory=keyring.debian)
    offline: bool = False
    show: Show = field(default_factory=Silent)

    def newest(
        self, suite: str, *, now: int | None = None, allow_expired: bool = False
    ) -> Snapshot | Problem:
        """What the archive says now; only here the clock is asked, unless `now` is told."""
        if refused := release.refusal(suite):
            return refused
        if self.offline:
            return Problem(
                f"the newest release of {suite} is not known without the network",
                "lock where there is a network; a lock that exists needs none",
            )
        now = int(time.time()) if now is None else now
        bases = self.places.bases(self.origin, release.snapshot_name(now))
        found = download([_in_release(base, suite) for base in bases], limit=_LIMIT)
        if isinstance(found, Problem):
            return Problem(
                f"the release of {suite} could not be had: {found.message}",
                "is that the name of a release? Another mirror is named with `ENVC_DEBIAN_MIRROR`",
            )
        read = self._read(suite, found.data, f" from {shown(found.url)}")
        if isinstance(read, Problem):
            return read
        if not allow_expired and (old := _expired(read, self.keyring, now)):
            return Problem(f"the release of {suite} from {shown(found.url)} {old}", _ACCEPT)
        try:
            self.store.add(found.data)
        except NotStoredError as error:
            return error.problem
        return read

    def at(self, digest: str, *, suite: str, snapshot: str) -> Snapshot | Problem:
        """What was locked: from the store, or from whichever place still has those bytes.

        No clock is asked: what was signed once is signed in ten years.
        """
        if refused := release.refusal(suite):
            return refused
        moments = release.snapshots_with_release(snapshot)
        kind, _, digits = digest.partition(":")
        if not moments or kind != KIND or not is_digits(digits):
            return Problem(f"`{digest}` at `{snapshot}` does not name a release of {suite}")
        wanted = Wanted(f"the release of {suite}", digest, None, self._urls(digest, suite, moments))
        if missing := fetch(self.store, [wanted], offline=self.offline, show=self.show):
            return missing[0]
        path = self.store.verified(digest)
        if isinstance(path, Problem):
            return path
        with open(path, "rb") as file:
            return self._read(suite, file.read(_LIMIT), "")

    def _urls(self, digest: str, suite: str, moments: tuple[str, ...]) -> tuple[str, ...]:
        found = (
            _in_release(base, suite)
            for moment in moments
            for base in self.places.bases(self.origin, moment)
        )
        return self.places.urls(digest, tuple(dict.fromkeys(found)))

    def _read(self, suite: str, data: bytes, where: str) -> Snapshot | Problem:
        signed = signature.verify(data, self.keyring)
        if isinstance(signed, Problem):
            return _unused(suite, where, signed)
        read = release.read(signed.text)
        if isinstance(read, Problem):
            return _unused(suite, where, read)
        if read.codename != suite:
            return _another(suite, read.codename, where)
        return Snapshot(self, suite, read, of_bytes(data).digest, signed.fingerprints)


def _in_release(base: str, suite: str) -> str:
    return f"{base}/dists/{suite}/InRelease"


def _unused(suite: str, where: str, why: Problem) -> Problem:
    return Problem(f"the release of {suite}{where} is not used: {why.message}", why.help)


def _another(suite: str, codename: str, where: str) -> Problem:
    """Signed, but of something else: a mistake of the mirror's, or somebody mixes releases up."""
    return Problem(
        f"the release of {suite}{where} is one of `{codename}`",
        f"name `{codename}` where that is meant, or another mirror with `ENVC_DEBIAN_MIRROR`",
    )


def _expired(found: Snapshot, keys: Keyring, now: int) -> str | None:
    """Somebody may show an old release to hide what was mended since."""
    until = found.release.valid_until
    if until is not None and until < now:
        return f"was valid until {_day(until)}: the mirror is not kept up to date"
    ends = [keys.expiry(each) for each in found.keys]
    if not ends or any(end is None or end >= now for end in ends):
        return None
    last = max(end for end in ends if end is not None)
    return f"is signed by keys that expired on {_day(last)}: the mirror or this envc is old"


def _day(moment: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(moment))
