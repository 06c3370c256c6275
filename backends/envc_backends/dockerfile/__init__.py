"""Dockerfiles, for docker, podman and buildah; what other builders make of them: README.md."""

from collections.abc import Iterator

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.plan import beside
from envc.plan.backend import Backend, File
from envc.plan.model import Plan
from envc.quoting.dockerfile import is_reference, sayable
from envc_backends.dockerfile.text import text


class Dockerfile:
    name = "dockerfile"

    def refusals(self, plan: Plan) -> tuple[Diagnostic, ...]:
        return tuple(_refusals(plan))

    def files(self, plan: Plan) -> tuple[File, ...]:
        tag = f"--tag {plan.image} " if plan.image else ""
        use = f"docker build --network host {tag}."
        about = "Builds the image, with docker, podman or buildah."
        return (File("Dockerfile", text(plan), about, use), *beside.files(plan))


def _refusals(plan: Plan) -> Iterator[Diagnostic]:
    place = (Label(plan.place.source, plan.place.span),)
    if plan.tools and not is_reference(plan.tools):
        message = f"`--tools {plan.tools}` names no image"
        yield Diagnostic(rules.NOT_BUILT, message, place, help="write it as `debian:trixie-slim`")
    said = [("variable", *each) for each in plan.variables]
    said += [("label", *each) for each in plan.labels.items()]
    for kind, name, value in said:
        if not sayable(value):
            yield Diagnostic(
                rules.NOT_BUILT,
                f"a Dockerfile cannot set the {kind} `{name}`, whose value has more than one line",
                place,
                help="write it as one line, or leave `dockerfile` out of `emit`",
            )


BACKEND: Backend = Dockerfile()
