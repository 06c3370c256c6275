"""What engines are given of a plan, and told about it, in the same words whichever builds it."""

import os

from envc.compile import tags
from envc.compile.asked import Job as Compiled
from envc.compile.make import Tree, make
from envc.compile.write import Refused
from envc.compile.write import write as write_tree
from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.plan.backend import backend
from envc.plan.model import Plan
from envc.store.objects import Store


def write(
    plan: Plan, recipe: str, spec: str, store: Store, out: str
) -> str | tuple[Diagnostic, ...] | Problem:
    """The folder that `envc compile` writes for a plan, of one format; or what it cannot say.

    `spec` is the name of the file, as the pages in the folder give it.
    """
    tree = make((Compiled(recipe, plan),), backend, spec)
    if not isinstance(tree, Tree):
        return tree
    done = write_tree(out, tree, store)
    if isinstance(done, Refused):
        return next(iter(done.missing), Problem(f"`{out}` has something else in it"))
    return os.path.join(out, tree.leaves[0].path)


def reference(plan: Plan) -> str:
    """What a builder calls the image in its own store: the same for the same inputs, and a name
    that nobody gave to something else."""
    return f"localhost/envc/{tags.repository(plan)}:{plan.closure.partition(':')[2][:16]}"


def tag(plan: Plan) -> str:
    return tags.tag(plan, "")
