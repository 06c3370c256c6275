"""The definition that takes the image which `envc build` made, and adds what Apptainer reads."""

from envc.plan.model import Plan
from envc.quoting import definition
from envc_backends.apptainer import image

LAYOUT = "image"
"""The folder beside the definition, an image layout of OCI's with this one image alone: Apptainer
1.4.5 takes a tag behind its name for a part of the name."""

_HEAD = """\
#
# Written by `envc compile`: change the spec, not this file. README.md says how to use it.
#
# Nothing is built here: the files are those of the image in {layout}/, which `envc build` writes.
# The digest of everything that went in:
# {closure}
Bootstrap: oci
From: {layout}

"""


def text(plan: Plan) -> str:
    head = _HEAD.format(layout=LAYOUT, closure=plan.closure)
    first = definition.comment(f"A definition for Apptainer, of {image.title(plan)}")
    return f"{first}\n{head}{image.sections(plan)}"
