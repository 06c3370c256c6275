"""Which runtime starts programs here."""

from envc.build import users
from envc.engines import known, loading, runtimes
from envc.engines.asking import ask
from envc.engines.model import Failed
from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.jobs.model import Job
from envc.plan.image import CLOSURE
from envc.run.images import Built
from envc.run.unpacked import place, unpacked
from envc.runtimes.model import runtime
from envc.store.progress import Show
from envc.vocabulary import RUNTIMES

EMBEDDED = "embedded"
"""envc itself."""
_FIRST = ("apptainer", "singularity")
"""What takes the file as it is."""
_LAST = ("podman", "docker", "charliecloud")
"""What is given a copy, and may not be set up for whoever has it: where envc itself cannot."""
_LOADED = ("docker", "podman")


def chosen(asked: str | None, said: str) -> str | Problem:
    """What is asked for; else what the spec says, if it is here; else what starts it soonest."""
    if asked is not None:
        return _known(asked)
    if said in ("none", "guix") or _is_here(said):
        return said
    own = (EMBEDDED,) if not isinstance(users.identities(), Problem) else ()
    here = (name for name in (*_FIRST, *own, *_LAST) if name in own or _is_here(name))
    return next(here, EMBEDDED)


def _known(name: str) -> str | Problem:
    names = (*RUNTIMES, EMBEDDED)
    if name not in names:
        near = close(name, names)
        help_ = f"did you mean {listed(near)}?" if near else f"envc knows {listed(names, 'and')}"
        return Problem(f"`{name}` is no runtime that envc knows", help_)
    if name in runtimes.NAMES and isinstance(found := runtimes.found(name), Problem):
        return found
    return name


def _is_here(name: str) -> bool:
    return not isinstance(runtimes.found(name), Problem)


# ---- the image, as it takes it -------------------------------------------------------------------


def called(job: Job, image: Built, store: str) -> str:
    """What `given` answers, where nothing is done for it."""
    match runtime(job.runtime).takes:
        case "file":
            return image.sif
        case "folder":
            return place(image, store)
        case _:
            return job.images[0].reference


def given(job: Job, image: Built, store: str, show: Show) -> str | Problem:
    """The path of the image, or what the runtime calls it, which it then has."""
    match runtime(job.runtime).takes:
        case "file":
            return image.sif
        case "folder":
            return unpacked(image, store, show)
        case _:
            return _loaded(job, image, show)


def _loaded(job: Job, image: Built, show: Show) -> str | Problem:
    name = job.images[0].reference
    if job.runtime not in _LOADED:
        return name
    label = f'{{{{index .Config.Labels "{CLOSURE}"}}}}'
    said = ask((job.runtime, "image", "inspect", f"--format={label}", name))
    if not isinstance(said, Problem) and not said.code and said.text.strip() == image.closure:
        return name
    engine = known.engine(job.runtime)
    failed = (
        engine if isinstance(engine, Problem) else loading.load(engine, image.layout, name, show)
    )
    if isinstance(failed, Failed):
        return Problem(f"{job.runtime} did not take {name}: {failed.end}")
    return name if failed is None else failed
