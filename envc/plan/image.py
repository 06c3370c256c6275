"""Facts of the finished image: its variables, its labels, its one moment."""

from collections.abc import Mapping
from datetime import UTC, datetime

from envc.diagnostics.model import Diagnostic
from envc.lock.contents import archive
from envc.lock.model import Lock
from envc.plan import filled, recipe
from envc.plan.model import Plan, Variables, Words
from envc.plan.recipe import Case
from envc.quoting import sh
from envc.spec import App

HOME = "/home/envc"
USER = "1000:1000"
"""By number, so that whoever starts it can see that it is not root."""
CLOSURE = "org.envc.closure"
"""The label that says what an image was made from."""
PATH = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")


def prefix(app: App) -> str:
    return f"/opt/{app.name}"


def path(app: App) -> str:
    return ":".join((f"{prefix(app)}/bin", *PATH))


def variables(app: App, case: Case, pins: Variables) -> tuple[tuple[str, str] | Diagnostic, ...]:
    """The spec's own word counts last."""
    found: dict[str, tuple[str, str] | Diagnostic] = {
        name: (name, value)
        for name, value in (
            ("PATH", path(app)),
            ("HOME", HOME),
            ("LC_ALL", "C.UTF-8"),
            *pins,
        )
    }
    for each in case.of(app.environment):
        written = ",".join(each.value) if isinstance(each.value, tuple) else str(each.value)
        value = filled.text(written, case.values, each.place)
        found[each.key] = value if isinstance(value, Diagnostic) else (each.key, value)
        if not sh.is_name(each.key):
            found[each.key] = recipe.not_built(
                f"`{each.key}` is no name that every shell takes for a variable",
                each.place,
                "use letters of English, digits and `_`, not a digit first",
            )
    return tuple(found.values())


def moment(lock: Lock, origin: str) -> str:
    return next((each.snapshot for each in lock.archives if each.name == origin), "")


def upgrades(lock: Lock, origin: str) -> Words:
    return tuple(
        each.snapshot
        for each in lock.archives
        if archive(each.name) == origin and each.name != origin
    )


def epoch(snapshot: str) -> int:
    """Guix has no moment of its own: there, everything bears the second that its store does."""
    if not snapshot:
        return 1
    moment = datetime.strptime(snapshot, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return int(moment.timestamp())


def labels(plan: Plan) -> Mapping[str, str]:
    """What the image says of itself. It follows from the closure, so nothing here is of the file
    that the spec is written in: jobs and other apps stand in it too."""
    title = "org.opencontainers.image"
    source = plan.recipes[-1].source if plan.recipes else None
    said = {
        f"{title}.title": plan.name,
        f"{title}.version": plan.version,
        f"{title}.description": plan.summary,
        f"{title}.licenses": plan.license,
        f"{title}.url": plan.homepage,
        f"{title}.source": next(
            (url for url in (source.urls if source else ()) if "://" in url), ""
        ),
        f"{title}.revision": source.commit if source else "",
        "org.envc.target": plan.target,
        "org.envc.choices": " ".join(plan.choices),
        "org.envc.origin": f"{plan.origin}@{plan.snapshot}" if plan.snapshot else plan.origin,
        "org.envc.app": plan.app,
    }
    return {name: value for name, value in said.items() if value}
