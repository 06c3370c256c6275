"""Guix: channels, a manifest and a package definition, which any Guix builds to the same paths."""

from collections.abc import Iterator

from envc.diagnostics.model import Diagnostic
from envc.plan.backend import Backend, File
from envc.plan.model import Plan
from envc_backends.guix import toolchains
from envc_backends.guix.manifest import channels_text, machine, manifest_text, started
from envc_backends.guix.package import package_text
from envc_backends.guix.refusals import refusals


class _Guix:
    name = "guix"

    def refusals(self, plan: Plan) -> tuple[Diagnostic, ...]:
        return tuple(refusals(plan))

    def files(self, plan: Plan) -> tuple[File, ...]:
        channels = File(
            "channels.scm",
            channels_text(plan),
            "The commits of Guix that all of it comes from.",
            "",
        )
        manifest = File(
            "manifest.scm",
            manifest_text(plan),
            "Everything that a shell or an image of the application holds.",
            machine(plan, "shell", f"-m manifest.scm{started(plan)}"),
        )
        others = tuple(_compilers(plan))
        if not plan.recipes:
            return (channels, manifest, *others)
        package = File(
            "package.scm",
            package_text(plan),
            "How the application is built.",
            machine(plan, "build", "-f package.scm"),
        )
        return (channels, manifest, *others, package)


def _compilers(plan: Plan) -> Iterator[File]:
    if toolchains.are_optioned(plan):
        about = "Makes compilers that add the options of the target."
        yield File(toolchains.FILE, toolchains.text(), about, "")


BACKEND: Backend = _Guix()
