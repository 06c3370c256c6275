"""Which image a job runs: known from the site, or asked of its nodes when it runs.

The question is that of `envc selector`, whose script stands at the end of the job's. Tasks on
several nodes run one image, the best for all of them: unlike targets round differently.
"""

from collections.abc import Iterator

from envc.jobs import words
from envc.jobs.functions import FAIL
from envc.jobs.model import IMAGES, TARGET, Image, Job
from envc.jobs.script import Dialect, Step
from envc.jobs.settings import asks
from envc.runtimes.model import Runtime, Variable, Word, runtime

USUAL: Word = (Variable("HOME"), "/.envc/images")
"""The folder of images where the site names none."""
IMAGE: Word = (Variable("image"),)
_SELECTOR = "selector"


def steps(job: Job, dialect: Dialect) -> Iterator[Step]:
    takes = runtime(job.runtime).takes
    if takes == "nothing":
        if asks(job, "target"):
            yield Step("choose_target", _target(job, dialect))
        return
    yield Step("choose_image", _target(job, dialect) + _image(job, takes))
    yield Step("find_image", _found(job, dialect, runtime(job.runtime)), (FAIL,))


def selector(job: Job) -> Iterator[str]:
    """The function that prints it, where anything is asked."""
    if _is_known(job) or (runtime(job.runtime).takes == "nothing" and not asks(job, "target")):
        return
    from envc.cpu.selector import script

    targets = [each.target for each in job.images]
    preferred = [each for each in job.preferred if each in targets]
    body = script(targets, preference=preferred)
    yield f"{_SELECTOR}() {{\n  cat <<'END'\n{body}END\n}}\n"


def asks_nodes(job: Job, dialect: Dialect) -> bool:
    """Whether all nodes have to say what they run."""
    may_be_many = bool(dialect.nodes) and job.nodes is None and job.shape.tasks > 1
    return not _is_known(job) and (job.shape.nodes > 1 or may_be_many)


def _is_known(job: Job) -> bool:
    return job.is_chosen or len(job.images) < 2


# ---- the target ----------------------------------------------------------------------------------


def _target(job: Job, dialect: Dialect) -> str:
    if _is_known(job):
        return f"export {TARGET}={job.images[0].target}\n"
    if not asks_nodes(job, dialect):
        return f'{TARGET}=$(sh -c "$({_SELECTOR})")\nexport {TARGET}\n'
    return f"""\
# Each node says what it runs; one image is taken for all of them.
answers=$({words.words(dialect.each_node)} sh -c "$({_SELECTOR})" sh all)
{TARGET}=$(printf '%s\\n' "$answers" | sh -c "$({_SELECTOR})" sh common)
export {TARGET}
"""


# ---- the image -----------------------------------------------------------------------------------


def _image(job: Job, takes: str) -> str:
    named = [(each.target, words.text(_name(each, takes))) for each in job.images]
    if _is_known(job):
        return f"image={named[0][1]}\n"
    cases = "".join(f"  {target}) image={name} ;;\n" for target, name in named)
    return f"case ${TARGET} in\n{cases}esac\n"


def _name(image: Image, takes: str) -> str:
    match takes:
        case "file":
            return image.file
        case "folder":
            return image.file.removesuffix(".sif")
        case _:
            is_published = "/" in image.reference and image.digest
            return f"{image.reference}@{image.digest}" if is_published else image.reference


def _found(job: Job, dialect: Dialect, runs: Runtime) -> str:
    if runs.takes == "reference":
        return _here(runs)
    folder = words.word(dialect.images or _folder(job))
    return f"""\
[ -n "${{{IMAGES}:-}}" ] || {IMAGES}={folder}
image=${IMAGES}/$image
{_here(runs)}"""


def _folder(job: Job) -> Word:
    said = job.where.images
    return (said,) if said.startswith("/") else USUAL


def _here(runs: Runtime) -> str:
    """Looks for it, fetches it where the runtime can, and names it where it is not to be had."""
    test = words.words(runs.here(IMAGE)) if runs.here(IMAGE) else '[ -e "$image" ]'
    fetched = [words.words(each) for each in runs.missing(IMAGE)]
    missing = 'fail 66 "the image $image is not on this node"'
    if not fetched:
        return f"{test} || {missing}\n"
    return f"{test} || {{ {' && '.join(fetched)}; }} ||\n  {missing}\n"
