"""How much of a machine a run takes, from what it says of it; all shares are rounded up."""

from envc.jobs.fields import Fields
from envc.jobs.model import Amount, Node, Per, Said, Shape


def shape(fields: Fields, node: Node | None) -> Shape:
    """Where the run does not say how many nodes, as few as have room for it."""
    said: Said[int] | None = fields.get("nodes")
    nodes = said.value if said is not None else _fewest(fields, node)
    return _on(nodes, fields)


def _fewest(fields: Fields, node: Node | None) -> int:
    """What is counted per node says nothing of how many there are."""
    if node is None:
        return 1
    one = _on(1, fields)
    needs = [1]
    tasks: Said[Amount] | None = fields.get("tasks")
    if tasks is not None and tasks.value.per is Per.JOB and node.cores:
        needs.append(_share(one.tasks, max(node.cores // one.cpus_per_task, 1)))
    for name, room in (("memory", node.memory), ("gpus", node.gpus)):
        asked: Said[Amount] | None = fields.get(name)
        if asked is not None and asked.value.per is Per.JOB and room:
            needs.append(_share(asked.value.count, room))
    return min(max(needs), max(one.tasks, 1))


def _on(nodes: int, fields: Fields) -> Shape:
    tasks = _tasks(fields.get("tasks"), nodes)
    per_node = _share(tasks, nodes)
    cpus = _cpus(fields.get("cpus"), tasks, per_node)
    memory: Said[Amount] | None = fields.get("memory")
    gpus: Said[Amount] | None = fields.get("gpus")
    counted = {Per.JOB: 1, Per.NODE: 1, Per.TASK: per_node, Per.CPU: per_node * cpus}

    def of_node(amount: Amount) -> int:
        share = _share(amount.count, nodes) if amount.per is Per.JOB else amount.count
        return share * counted[amount.per]

    return Shape(
        nodes=nodes,
        tasks=tasks,
        tasks_per_node=per_node,
        cpus_per_task=cpus,
        memory_per_node=of_node(memory.value) if memory is not None else None,
        gpus_per_node=of_node(gpus.value) if gpus is not None else 0,
    )


def _tasks(said: Said[Amount] | None, nodes: int) -> int:
    """One on each node where nothing is said."""
    if said is None:
        return nodes
    return said.value.count * (nodes if said.value.per is Per.NODE else 1)


def _cpus(said: Said[Amount] | None, tasks: int, per_node: int) -> int:
    if said is None:
        return 1
    shared = {Per.JOB: tasks, Per.NODE: per_node}.get(said.value.per, 1)
    return _share(said.value.count, shared)


def _share(amount: int, among: int) -> int:
    return -(-amount // among)
