"""Everything that an image is made from, in one list: the lists that others read only print it.

What is in the image is told from what it was only built with. What a package needs is what the lock
says; the compilers and libraries that an app asks for are what the app needs.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from envc.cpu.tables.guix import tune
from envc.evidence import purl
from envc.evidence.model import NO_LICENCES, Kind, Licences, Material
from envc.evidence.text import digits
from envc.lock.contents import spelled, wheel_spelled
from envc.lock.model import (
    Lock,
    LockedComponent,
    LockedDeb,
    LockedEnvironment,
    LockedItem,
    LockedSource,
    LockedWheel,
)
from envc.plan.model import Input, Plan, Recipe, Root, Words
from envc.store.places import ORIGINS, SNAPSHOT


def materials(plan: Plan, lock: Lock, licences: Licences = NO_LICENCES) -> tuple[Material, ...]:
    """The app first; each thing once."""
    maker = _Maker(plan, lock, licences)
    found = chain(maker.built(), maker.base(), maker.wheels(), maker.debs(), maker.items())
    return tuple({each.ref: each for each in found}.values())


class _Maker:
    def __init__(self, plan: Plan, lock: Lock, licences: Licences) -> None:
        self._plan = plan
        self._licences = licences
        self._sources = {each.sha256: each for each in reversed(lock.sources)}
        self._snapshots = {each.name: each.snapshot for each in lock.archives}
        self._wheels = {each.sha256: each for each in lock.wheels}
        self._roots = tuple(each for each in (plan.run, plan.build, plan.tools_root) if each)
        self._asked = tuple(_asked(plan, lock))

    # ---- what is built ---------------------------------------------------------------------------

    def built(self) -> Iterator[Material]:
        recipes = [each for each in self._plan.recipes if self._wheel(each) is None]
        others = tuple(_ref_of(each, self._plan) for each in recipes)
        for recipe in reversed(recipes):
            code = tuple(self._code(recipe))
            own = _ref_of(recipe, self._plan)
            is_app = own.startswith(Kind.APP)
            rest = (*others, *self._wheel_refs(), *self._asked_refs()) if is_app else ()
            yield Material(
                ref=own,
                kind=Kind.APP if is_app else Kind.BUILT,
                name=recipe.name,
                version=recipe.version,
                shipped=True,
                licence=recipe.license,
                homepage=recipe.homepage,
                needs=_once((*(each.ref for each in code), *rest), own),
            )
            yield from code

    def _code(self, recipe: Recipe) -> Iterator[Material]:
        if recipe.source is not None:
            yield _source(recipe, recipe.source, self._sources.get(recipe.source.sha256))
        for patch in recipe.patches:
            yield Material(
                ref=f"patch:{recipe.name}/{patch.file}",
                kind=Kind.PATCH,
                name=patch.file,
                sha256=patch.sha256,
            )

    def _asked_refs(self) -> Iterator[str]:
        """Of packages that the app's components are known by."""
        items = {each.name + _output(each): each for each in self._chosen()}
        debs: dict[str, LockedDeb] = {}
        for root in (self._plan.build, self._plan.run):
            debs |= _named(root) if root is not None else {}
        for name in (name for each in self._asked for name in (*each.run, *each.build)):
            if name in debs:
                yield _ref_of_deb(debs[name])
            if name in items:
                yield _ref_of_item(items[name])

    def base(self) -> Iterator[Material]:
        """The image that this one starts from."""
        base = self._plan.base
        if base is not None:
            ref = purl.oci(base.name, base.digest)
            yield Material(
                ref=ref,
                kind=Kind.BASE,
                name=base.reference,
                version=base.digest,
                shipped=True,
                purl=ref,
                sha256=digits(base.digest),
            )

    # ---- wheels ----------------------------------------------------------------------------------

    def wheels(self) -> Iterator[Material]:
        """All are installed where the app is, and so are in the image."""
        found = [each for each in map(self._wheel, self._plan.recipes) if each is not None]
        known = {name: each for each in found for name in (each.name, wheel_spelled(each))}
        for wheel in found:
            own = purl.pypi(wheel.name, wheel.version)
            needs = (known[name] for name in wheel.depends if name in known)
            yield Material(
                ref=own,
                kind=Kind.WHEEL,
                name=wheel.name,
                version=wheel.version,
                shipped=True,
                purl=own,
                sha256=wheel.sha256,
                urls=_of_the_web(wheel.urls),
                needs=_once((purl.pypi(each.name, each.version) for each in needs), own),
            )

    def _wheel(self, recipe: Recipe) -> LockedWheel | None:
        return self._wheels.get(recipe.source.sha256) if recipe.source is not None else None

    def _wheel_refs(self) -> Iterator[str]:
        for wheel in map(self._wheel, self._plan.recipes):
            if wheel is not None:
                yield purl.pypi(wheel.name, wheel.version)

    # ---- packages of Debian ----------------------------------------------------------------------

    def debs(self) -> Iterator[Material]:
        """Those of the image first: what is in it too is not only a tool."""
        done: set[str] = set()
        for root in self._roots:
            known = _named(root)
            for deb in sorted(root.debs):
                ref = _ref_of_deb(deb)
                if ref not in done:
                    done.add(ref)
                    needs = (_ref_of_deb(known[name]) for name in deb.depends if name in known)
                    yield self._deb(deb, ref, _once(needs, ref), shipped=root is self._plan.run)

    def _deb(self, deb: LockedDeb, ref: str, needs: Words, *, shipped: bool) -> Material:
        snapshot = self._snapshots.get(deb.origin, "")
        base = ORIGINS["debian"].default.replace(SNAPSHOT, snapshot)
        return Material(
            ref=ref,
            kind=Kind.DEB,
            name=deb.name,
            version=deb.version,
            shipped=shipped,
            purl=ref,
            sha256=deb.sha256,
            urls=(f"{base}/{deb.path}",) if snapshot else (),
            licence=self._licences.get(deb.name, "") if shipped else "",
            made_from=deb.source,
            needs=needs,
        )

    # ---- packages of Guix ------------------------------------------------------------------------

    def items(self) -> Iterator[Material]:
        """What each brings along is Guix's to say: the lock names what is asked for."""
        for item in self._chosen():
            yield Material(
                ref=_ref_of_item(item),
                kind=Kind.ITEM,
                name=item.name + _output(item),
                version=item.version,
                shipped=spelled(item) in self._plan.run_items,
                path=item.path,
            )

    def _chosen(self) -> tuple[LockedItem, ...]:
        """For the target's CPU, where Guix tunes the package to it."""
        own = tune(self._plan.target).name or ""
        used = {*self._plan.build_items, *self._plan.run_items}
        found: dict[str, LockedItem] = {}
        for item in sorted(self._plan.items, key=lambda each: each.tune):
            if item.tune in {"", own} and spelled(item) in used:
                found[spelled(item)] = item
        return tuple(found[name] for name in sorted(found))


def _source(recipe: Recipe, file: Input, locked: LockedSource | None) -> Material:
    return Material(
        ref=f"source:{recipe.name}@{recipe.version}",
        kind=Kind.SOURCE,
        name=file.file,
        version=recipe.version,
        sha256=file.sha256,
        urls=_of_the_web(file.urls),
        swhid=locked.swhid if locked is not None else "",
        commit=file.commit,
    )


def _asked(plan: Plan, lock: Lock) -> Iterator[LockedComponent]:
    named = {name for each in lock.environments if _is_of(each, plan) for name in each.components}
    for each in lock.components:
        plain = str(each).removesuffix(f" on {each.target}")
        if each.origin == plan.origin and plain in named and each.target in {"", plan.target}:
            yield each


def _is_of(environment: LockedEnvironment, plan: Plan) -> bool:
    return (
        (environment.app, environment.origin) == (plan.app, plan.origin)
        and environment.choices == plan.choices
        and plan.target in environment.targets
    )


def _ref_of(recipe: Recipe, plan: Plan) -> str:
    kind = Kind.APP if recipe is plan.recipes[-1] and recipe.name == plan.name else Kind.BUILT
    return f"{kind}:{recipe.name}@{recipe.version}"


def _ref_of_deb(deb: LockedDeb) -> str:
    return purl.deb(deb.name, deb.version, deb.architecture, deb.origin)


def _ref_of_item(item: LockedItem) -> str:
    return f"guix:{spelled(item)}"


def _output(item: LockedItem) -> str:
    return "" if item.output == "out" else f":{item.output}"


def _named(root: Root) -> Mapping[str, LockedDeb]:
    return {name: deb for deb in root.debs for name in (deb.name, f"{deb.name}={deb.version}")}


def _of_the_web(urls: Words) -> Words:
    """Without places beside the spec, which are somebody's own."""
    return tuple(each for each in urls if each.startswith(("https://", "http://", "git+")))


def _once(refs: Iterator[str] | Words, own: str) -> Words:
    return tuple(dict.fromkeys(each for each in refs if each != own))
