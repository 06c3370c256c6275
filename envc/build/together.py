"""The images of all targets of an app as one folder."""

import os
import shutil

from envc.build.jobs import Group
from envc.facts.problem import Problem
from envc.images import index
from envc.images.make import LAYOUT
from envc.images.place import alone


def together(group: Group) -> Problem | None:
    """Made anew, and put into its place whole."""
    images = [
        index.Built(job.plan.target, job.plan.platform, os.path.join(job.folder, LAYOUT), job.tag)
        for job in group.jobs
    ]
    above, name = os.path.split(group.folder)
    spare = os.path.join(above, f".{name}.envc-new")
    with alone(above):
        shutil.rmtree(spare, ignore_errors=True)
        problem = index.write(group.tag, images, spare)
        if problem is None:
            shutil.rmtree(group.folder, ignore_errors=True)
            os.rename(spare, group.folder)
    return problem
