"""What an image starts with: written by the script that also writes that of a Dockerfile."""

import os

from envc.build import log
from envc.build.entering import Streams
from envc.build.room import Bind
from envc.build.tools import Tools
from envc.facts.problem import Problem
from envc.plan import roots
from envc.plan.beside import ENTRY
from envc.plan.model import Plan
from envc.plan.shell import script

FOLDER = "/opt/envc"
"""Where it is in an image."""


def entry(tools: Tools, plan: Plan) -> str | Problem:
    """The path of a new folder."""
    folder = tools.bench.folder("entry", "in", "made")
    there, made = (os.path.join(folder, name) for name in ("in", "made"))
    for name, text in ((ENTRY, script(roots.entry(plan))), (roots.SCRIPT, roots.script())):
        with open(os.path.join(there, name), "x", encoding="utf-8") as file:
            file.write(text)
    words = ("sh", "-euc", f"sh /in/{ENTRY}; exec sh /in/{roots.SCRIPT} finish {FOLDER}")
    date = (("SOURCE_DATE_EPOCH", str(plan.epoch)),)
    mounts = (Bind(there, "/in"), Bind(made, FOLDER, writable=True))
    said = os.path.join(folder, "log")
    with open(said, "xb") as file:
        ended = tools.start(words, date, mounts, Streams(stdout=file, stderr=file))
    if isinstance(ended, Problem):
        return ended
    return log.unmade(said, f"`{roots.ENTRY}`", ended) if ended else made
