"""Images as folders, for what starts programs of a folder: unpacked once, kept in the store."""

import os
import shutil
import tarfile
import tempfile

from envc.facts.problem import Problem
from envc.images import canonical, flatten
from envc.images.tree import RefusedError
from envc.run.images import Built
from envc.store import safety, turns
from envc.store.folders import UNPACKED
from envc.store.progress import Show
from envc.store.trouble import of_disk


def place(image: Built, store: str) -> str:
    return os.path.join(store, UNPACKED, image.digest.partition(":")[2])


def unpacked(image: Built, store: str, show: Show) -> str | Problem:
    """The folder, which nobody removes while this process lives.

    Two that unpack at once do the work twice, and one of them keeps it.
    """
    kept = place(image, store)
    if turns.use(store, kept) and turns.hold(kept):
        return kept
    try:
        safety.make_folder(os.path.dirname(kept))
        work = tempfile.mkdtemp(prefix="new-", dir=os.path.dirname(kept))
        turns.hold(work)
        try:
            with show.row(f"unpack {os.path.basename(image.folder)}", None):
                _unpack(image.layout, work)
            return _keep(os.path.join(work, "tree"), kept)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except RefusedError as error:
        return error.problem
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else kept
        return of_disk(error, where, "an image", None, "name another store with `ENVC_STORE`")


def _unpack(layout: str, work: str) -> None:
    archive = os.path.join(work, "tree.tar")
    with flatten.tree(layout, scratch=work) as tree, open(archive, "xb") as file:
        canonical.write(tree, file, 0)
    with tarfile.open(archive) as tar:
        tar.extractall(os.path.join(work, "tree"), filter="tar")
    os.unlink(archive)


def _keep(made: str, place: str) -> str:
    turns.hold(made)
    try:
        os.rename(made, place)
    except OSError:
        if not turns.hold(place):
            raise
    return place
