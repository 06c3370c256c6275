"""Apptainer and SingularityCE: a definition that makes the same image as the Dockerfile does."""

from collections.abc import Iterator

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.plan import beside
from envc.plan.backend import Backend, File
from envc.plan.model import Plan
from envc.quoting import definition, sh
from envc_backends.apptainer import from_oci
from envc_backends.apptainer.image import labels
from envc_backends.apptainer.text import text


class _Apptainer:
    name = "apptainer"

    def refusals(self, plan: Plan) -> tuple[Diagnostic, ...]:
        return tuple(_refusals(plan)) or tuple(_too_long(plan))

    def files(self, plan: Plan) -> tuple[File, ...]:
        about = "Builds an image for Apptainer and SingularityCE."
        name = f"{plan.name}.def"
        own = File(name, text(plan), about, _use(plan, name))
        about = f"Makes the same of the image that `envc build` writes to `{from_oci.LAYOUT}`."
        name = f"{plan.name}-from-oci.def"
        other = File(name, from_oci.text(plan), about, _use(plan, name))
        return (own, other, *beside.files(plan))


def _use(plan: Plan, name: str) -> str:
    """With the same bytes in its file system each time; two places of its head have the moment.

    Without `--force`, Apptainer writes the day over the one that the labels say.
    """
    image = sh.word(f"{plan.name}.sif")
    return (
        f"SOURCE_DATE_EPOCH={plan.epoch} apptainer build --force --fakeroot "
        f"--mksquashfs-args -no-xattrs {image} {sh.word(name)}"
    )


def _refusals(plan: Plan) -> Iterator[Diagnostic]:
    if plan.tools and not definition.is_origin(plan.tools):
        yield Diagnostic(
            rules.NOT_BUILT,
            f"`--tools {plan.tools}` names no image",
            (Label(plan.place.source, plan.place.span),),
            help="write it as `debian:trixie-slim`, `oci:FOLDER` or `localimage:FILE`",
        )
    for run in plan.runs:
        if not definition.is_app(run.name):
            yield Diagnostic(
                rules.NOT_BUILT,
                f"Apptainer cannot have an app called `{run.name}`",
                (Label(run.place.source, run.place.span),),
                help="use letters of English, digits, `_`, `.` and `-`",
            )
    for name, value in labels(plan).items():
        if not definition.sayable(name, value):
            yield Diagnostic(
                rules.NOT_BUILT,
                f"a definition for Apptainer cannot say the label `{name}`",
                (Label(plan.place.source, plan.place.span, "its value is not one plain line"),),
                help="write it in one line, without blanks at its ends and without `{{`",
            )


def _too_long(plan: Plan) -> Iterator[Diagnostic]:
    if head := definition.longest(text(plan)):
        yield Diagnostic(
            rules.NOT_BUILT,
            f"`{head}` of the definition would have more than {definition.LONGEST} bytes",
            (Label(plan.place.source, plan.place.span),),
            notes=("Apptainer reads no section of 64 KiB",),
            help="shorten what `env`, `test` and `run` say, or leave `apptainer` out of `emit`",
        )


BACKEND: Backend = _Apptainer()
