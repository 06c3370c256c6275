"""Whether a job's images are at the site, and are those of its lock, before it waits for others."""

import os
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from envc.compile.names import folders
from envc.facts.problem import Problem
from envc.facts.words import listed
from envc.jobs.model import Image, Job
from envc.plan.image import CLOSURE
from envc.plan.model import Plan
from envc.runtimes.model import runtime
from envc.submit.model import Answer, Words
from envc.submit.place import BRINGING, Place

USUAL = ".envc/images"
"""Below the home folder, where no site says otherwise."""
_HEAD = 4 << 20
"""Bytes at the beginning of a SIF, among which its labels are."""
_SAID = re.escape(CLOSURE) + '[": ]*sha256:[0-9a-f]*'
"""As a label of an image has it, and its definition; `grep` and Python read it alike."""
_LOOK = """\
[ -e "$1" ] || exit
[ -d "$1" ] || head -c "$2" -- "$1" | LC_ALL=C grep -ao -- "$3" | head -n 1
"""
# Where a connection breaks, all that is seen here is that no more comes.
_TAKE = """\
new=$1/.$2.$$.new
umask 022
mkdir -p "$1" && cat >"$new" && [ "$(wc -c <"$new")" -eq "$3" ] && mv "$new" "$1/$2" && exit
rm -f -- "$new"
echo "it did not arrive whole" >&2
exit 1
"""
_FETCH = """\
folder=$1 file=$2 program=$3 from=$4
shift 4
for module; do
  module load "$module" || exit
done
umask 022
mkdir -p "$folder" || exit
"$program" pull "$folder/.$$.$file" "docker://$from" || exit
mv "$folder/.$$.$file" "$folder/$file"
"""


class Lacking(NamedTuple):
    image: Image
    path: str
    """At the site."""
    built: str
    """By `envc build` on this machine, of the lock; empty where it is not here either."""
    is_other: bool
    """Whether one of that name is there, which was made from another lock."""


def lacking(
    job: Job, plans: Sequence[Plan], out: str, place: Place, patience: int
) -> tuple[Lacking, ...] | Problem:
    """Of those that may be chosen. Images with a reference are the business of their runtime."""
    takes = runtime(job.runtime).takes
    if takes not in {"file", "folder"}:
        return ()
    images = job.images[:1] if job.is_chosen else job.images
    folder = job.where.images if job.where.images.startswith("/") else USUAL
    names = [each.file if takes == "file" else each.file.removesuffix(".sif") for each in images]
    paths = [f"{folder}/{name}" for name in names]
    answers = place.ask([_look(path) for path in paths], patience)
    if isinstance(answers, Problem):
        return answers
    built = _built(job, plans, out) if takes == "file" else {}
    return tuple(
        Lacking(image, path, built.get(image.target, ""), is_other=not answer.code)
        for image, path, answer in zip(images, paths, answers, strict=True)
        if answer.code or _is_other(image, answer)
    )


def brought(lacking: Lacking, place: Place) -> Problem | None:
    """Copies an image to the site."""
    folder, _, name = lacking.path.rpartition("/")
    with open(lacking.built, "rb") as content:
        size = str(os.stat(content.fileno()).st_size)
        return place.bring(("sh", "-c", _TAKE, "take", folder, name, size), content)


def is_published(lacking: Lacking, job: Job) -> bool:
    """Whether the site names a registry that has it."""
    return "/" in lacking.image.reference and runtime(job.runtime).takes == "file"


def fetched(lacking: Lacking, job: Job, place: Place) -> Problem | None:
    """The site makes a file of what the registry has; that has to be of the lock, too."""
    folder, _, name = lacking.path.rpartition("/")
    asked = (folder, name, job.runtime, source(lacking.image), *job.where.modules)
    # What `module` is, only a shell of a login knows.
    words = ("sh", "-lc" if job.where.modules else "-c", _FETCH, "fetch", *asked)
    answers = place.ask((words, _look(lacking.path)), BRINGING)
    if isinstance(answers, Problem):
        return answers
    done, look = answers
    if done.code:
        return Problem(f"{place.title} did not fetch `{source(lacking.image)}`: {done.reason}")
    if _is_other(lacking.image, look):
        return Problem(
            f"`{source(lacking.image)}` was made from another lock",
            f"`envc build -t {lacking.image.target} --push` puts that of this lock there",
        )
    return None


def source(image: Image) -> str:
    """By its digest where that is known: a tag may be another image tomorrow."""
    if not image.digest:
        return image.reference
    name, _, _ = image.reference.rpartition(":")
    return f"{name}@{image.digest}"


def refusal(lost: Sequence[Lacking], site: str) -> Problem:
    others = [each for each in lost if each.is_other]
    targets = " ".join(f"-t {each.image.target}" for each in others or lost)
    paths = listed((each.path for each in others or lost), "and")
    if others:
        return Problem(
            f"{site} has {paths}, made from another lock",
            f"`envc build {targets}` makes what this lock says, and `envc submit` brings it",
        )
    return Problem(
        f"{site} has no image {paths}",
        f"`envc build {targets}` makes it on this machine, and `envc submit` brings it",
    )


def _look(path: str) -> Words:
    return ("sh", "-c", _LOOK, "look", path, str(_HEAD), _SAID)


def _is_other(image: Image, look: Answer) -> bool:
    """An image that does not say what it was made from may be any: it is taken as it is."""
    closure = look.text.strip()
    return bool(closure) and not closure.endswith(image.closure)


def _built(job: Job, plans: Sequence[Plan], out: str) -> Mapping[str, str]:
    """Where `envc build` has left them, by target."""
    images = {each.target: each for each in job.images}
    found = {}
    for (app, choices, target), folder in folders(plans).items():
        path = os.path.join(out, folder, f"{job.name}.sif")
        if (app, choices) == (job.app, job.choices) and os.path.exists(path) and target in images:
            with open(path, "rb") as file:
                said = re.search(_SAID.encode(), file.read(_HEAD))
            if said is None or said[0].decode().endswith(images[target].closure):
                found[target] = path
    return found
