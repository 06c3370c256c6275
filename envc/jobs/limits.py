"""What a run asks for beyond the nodes that it would run on, told before it waits for ever."""

from collections.abc import Iterator

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.jobs.model import Job, Node, Said
from envc.spec import Place


def beyond(job: Job, longest: Said[int] | None) -> Iterator[Diagnostic]:
    """`longest` is what the site allows any job."""
    yield from _tasks(job)
    yield from _array(job)
    yield from _walltime(job, longest)
    node = job.where.node
    if node is not None:
        yield from _nodes(job, node)
        yield from _gpus(job, node)


def _nodes(job: Job, node: Node) -> Iterator[Diagnostic]:
    shape = job.shape
    if node.nodes and shape.nodes > node.nodes:
        place = (job.nodes or job.tasks or job.command).place
        yield _told(
            f"{shape.nodes} nodes are asked for, and {_here(node)} has {node.nodes}", place, node
        )
    if node.cores and shape.cpus_per_node > node.cores:
        place = (job.cpus or job.tasks or job.command).place
        each = f", {shape.cpus_per_task} for each of {shape.tasks_per_node} tasks"
        how = each if shape.tasks_per_node > 1 else ""
        message = (
            f"{shape.cpus_per_node} CPUs are asked of a node{how}, and one of {_here(node)} "
            f"has {node.cores}"
        )
        yield _told(message, place, node)
    if node.memory and job.memory and (shape.memory_per_node or 0) > node.memory:
        message = (
            f"{shape.memory_per_node} MiB are asked of a node, and one of {_here(node)} "
            f"has {node.memory} MiB"
        )
        yield _told(message, job.memory.place, node)


def _gpus(job: Job, node: Node) -> Iterator[Diagnostic]:
    if job.gpus is None:
        return
    if not node.gpu and not node.gpus:
        yield _told(f"{_here(node)} has no GPUs", job.gpus.place, node)
    elif node.gpus and job.shape.gpus_per_node > node.gpus:
        message = (
            f"{job.shape.gpus_per_node} GPUs are asked of a node, and one of {_here(node)} "
            f"has {node.gpus}"
        )
        yield _told(message, job.gpus.place, node)
    if job.gpu is not None and node.gpu and job.gpu.value != node.gpu:
        message = f"the GPUs of {_here(node)} are {node.gpu}, not {job.gpu.value}"
        yield _told(message, job.gpu.place, node)


def _walltime(job: Job, longest: Said[int] | None) -> Iterator[Diagnostic]:
    if job.walltime is None:
        return
    node = job.where.node
    if node is not None and node.walltime and job.walltime.value > node.walltime:
        message = f"{lasting(job.walltime.value)} are longer than {_here(node)} allows"
        yield _told(message, job.walltime.place, node, f"at most {lasting(node.walltime)}")
    elif longest is not None and job.walltime.value > longest.value:
        message = f"{lasting(job.walltime.value)} are longer than site `{job.where.site}` allows"
        label = Label(longest.place.source, longest.place.span, "the limit")
        place = Label(job.walltime.place.source, job.walltime.place.span)
        yield Diagnostic(
            rules.TOO_MUCH_FOR_SITE,
            message,
            (place, label),
            help=f"ask for {lasting(longest.value)}",
        )
    if job.checkpoint is not None and job.checkpoint.value.before >= job.walltime.value:
        message = f"a signal {lasting(job.checkpoint.value.before)} before the end comes too early"
        yield _plain(message, job.checkpoint.place, "ask for a longer `walltime`")


def _array(job: Job) -> Iterator[Diagnostic]:
    most = job.where.array
    if job.array is not None and most and len(job.array.value.numbers) > most:
        count = len(job.array.value.numbers)
        message = f"the array has {count} numbers, and site `{job.where.site}` takes {most} at once"
        yield _plain(message, job.array.place, "let each number do more, or write two runs")


def _tasks(job: Job) -> Iterator[Diagnostic]:
    if job.nodes is not None and job.shape.tasks < job.nodes.value:
        message = f"{job.nodes.value} nodes are asked for, and {job.shape.tasks} tasks"
        yield _plain(
            message, job.nodes.place, f"write `nodes {job.shape.tasks}`: a task has one node"
        )


def _here(node: Node) -> str:
    return f"partition `{node.name}`"


def lasting(seconds: int) -> str:
    """As the spec would say it."""
    units = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))
    words = []
    for size, unit in units:
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count} {unit}")
    return " ".join(words) or "0 s"


def _told(message: str, place: Place, node: Node, said: str = "the partition") -> Diagnostic:
    return Diagnostic(
        rules.TOO_MUCH_FOR_SITE,
        message,
        (Label(place.source, place.span), Label(node.place.source, node.place.span, said)),
        help="ask for less, or name another partition with `queue`",
    )


def _plain(message: str, place: Place, help_: str) -> Diagnostic:
    label = Label(place.source, place.span)
    return Diagnostic(rules.TOO_MUCH_FOR_SITE, message, (label,), help=help_)
