"""Makes an image that envc built known to an engine."""

import os
import tempfile

from envc.engines import pack, running
from envc.engines.finding import usable
from envc.engines.model import Engine, Failed, Form, Image
from envc.facts.problem import Problem
from envc.images import canonical, flatten
from envc.images.tree import RefusedError
from envc.store.progress import Show


def load(engine: Engine, layout: str, name: str, show: Show) -> Failed | Problem | None:
    """`layout` is a folder with one image; `name` is what the engine calls it from now on.

    To Apptainer, which keeps no images, it is the path of a file.
    """
    if engine.takes is None:
        return Problem(f"{engine.name} starts no image that another engine made")
    found = usable(engine)
    if isinstance(found, Problem):
        return found
    with tempfile.TemporaryDirectory(prefix="envc-load-", dir=os.path.dirname(layout)) as work:
        given = Image(os.path.join(work, "image.tar"), name)
        if problem := _given(engine.takes, layout, given):
            return problem
        log = os.path.join(work, "log")
        with show.row(f"{engine.name} {name}", None) as row:
            stopped = running.run(engine.load(given, found), log, row)
        if stopped is None:
            return None
        # The log goes with the folder: its end is all that is kept.
        return Failed(engine.name, found.version, stopped.words, stopped.code, "", running.end(log))


def _given(form: Form, layout: str, image: Image) -> Problem | None:
    if form is not Form.TREE:
        return pack.write(layout, image.name, image.path)
    try:
        with flatten.tree(layout) as tree, open(image.path, "xb") as file:
            canonical.write(tree, file, 0)
    except RefusedError as error:
        return error.problem
    return None
