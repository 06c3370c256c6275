"""`manifest.scm`: what a profile holds, and `channels.scm`: where Guix takes it from."""

from collections.abc import Iterator

from envc.lock.model import LockedChannel
from envc.plan.model import Plan
from envc.quoting import sh
from envc.quoting.scheme import Symbol
from envc_backends.guix import toolchains
from envc_backends.guix.forms import form, listed, quoted
from envc_backends.guix.layout import Blank, Comment, Node, laid_out
from envc_backends.guix.supply import chosen, entry, tuning
from envc_backends.guix.variables import told

SHELL = "bash"
"""In every profile: an image without one cannot be started by Apptainer."""


def channels_text(plan: Plan) -> str:
    return laid_out([listed(map(_channel, plan.channels))])


def manifest_text(plan: Plan) -> str:
    items = chosen(plan, plan.run_items)
    own = toolchains.are_optioned(plan)
    entries = [toolchains.optioned(entry(item), item) if own else entry(item) for item in items]
    if all(item.name != SHELL for item in items):
        entries.append(form("specification->package", SHELL))
    if plan.recipes:
        entries.insert(0, _app())
    nodes: list[Node] = [
        Comment(f"{plan.app} for {plan.target}, as its spec and lock say. Written by envc."),
        *(Comment(line) for line in _commands(plan)),
        Comment(f"Closure: {plan.closure}"),
        Blank(),
        form("use-modules", *_modules(bool([item for item in items if item.tune]))),
        Blank(),
    ]
    for each in tuning(items):
        nodes += [each, Blank()]
    for each in toolchains.definitions(plan) if own else ():
        nodes += [each] if isinstance(each, Comment) else [each, Blank()]
    return laid_out([*nodes, form("packages->manifest", listed(entries))])


def machine(plan: Plan, command: str, words: str) -> str:
    """A command of the Guix that the channels name."""
    system = f"--system={plan.architecture}"
    return f"guix time-machine -C channels.scm -- {command} {system} {words}"


def started(plan: Plan) -> str:
    """What sets the variables of the spec: programs of ours have them, and a shell has none."""
    said = [f"{name}={value}" for name, value in told(plan.variables)]
    return f" -- {sh.words(('env', *said, SHELL))}" if said and not plan.recipes else ""


def _commands(plan: Plan) -> Iterator[str]:
    entry_point = f"--entry-point=bin/{plan.command[0]} " if _is_own(plan) else ""
    yield "An image for Docker or Podman, one for Apptainer, and an archive to unpack and run:"
    yield machine(plan, "pack", f"-f docker -S /bin=bin {entry_point}-m manifest.scm")
    yield machine(plan, "pack", f"-f squashfs -S /bin=bin {entry_point}-m manifest.scm")
    yield machine(plan, "pack", "-RR -S /bin=bin -m manifest.scm")


def _is_own(plan: Plan) -> bool:
    return bool(plan.recipes) and plan.command != () and "/" not in plan.command[0]


def _app() -> Node:
    """The other file, wherever both of them are."""
    return form("load", "package.scm")


def _modules(tuned: bool) -> Iterator[Node]:
    names = ["gnu packages", "guix profiles"]
    for name in [*names, "guix transformations"] if tuned else names:
        yield tuple(map(Symbol, name.split()))


def _channel(locked: LockedChannel) -> Node:
    introduced = form(
        "introduction",
        form(
            "make-channel-introduction",
            locked.introduction,
            form("openpgp-fingerprint", locked.fingerprint),
        ),
    )
    return form(
        "channel",
        form("name", quoted(Symbol(locked.name))),
        form("url", locked.url),
        form("branch", locked.branch),
        form("commit", locked.commit),
        *((introduced,) if locked.introduction else ()),
    )
