"""The formats that are read: how a file of each is known, and which module reads it."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from envc.importing.found import Found, Refused
from envc.source import Source

Reader = Callable[[Source], Found | Refused]


class Format(NamedTuple):
    about: str
    module: str
    named: str
    """What the names of such files match, in small letters."""
    holds: str
    """What a line of such a file begins with, where its name does not tell."""


FORMATS: Mapping[str, Format] = {
    "dockerfile": Format(
        "a Dockerfile or Containerfile",
        "dockerfile",
        r"(.*\.)?(dockerfile|containerfile)(\..*)?",
        r"(?i:FROM)\s+\S+(\s+(?i:AS)\s+\S+)?\s*$",
    ),
    "singularity": Format(
        "a definition of Singularity or Apptainer",
        "singularity",
        r".*\.def|(singularity|apptainer)(\..*)?",
        r"(?i:bootstrap)\s*:",
    ),
    "conda": Format(
        "conda's `environment.yml`", "conda", r"environment.*\.ya?ml", r"dependencies\s*:"
    ),
    "spack": Format("Spack's `spack.yaml`", "spack", r"spack.*\.ya?ml", r"spack\s*:"),
    "easyconfig": Format("an easyconfig", "easyconfig", r".*\.eb", r"easyblock\s*="),
    "hpccm": Format("a recipe of hpccm", "hpccm", r"", r"Stage[0-9]\s*\+="),
}


def recognised(source: Source) -> str | None:
    """By the file's name, else by what it holds; None where neither tells."""
    name = source.name.rpartition("/")[2].lower()
    for key, each in FORMATS.items():
        if each.named and re.fullmatch(each.named, name):
            return key
    for key, each in FORMATS.items():
        if re.search(rf"^{each.holds}", source.text, re.MULTILINE):
            return key
    return None


def read(source: Source, form: str) -> Found | Refused:
    from importlib import import_module

    reader: Reader = import_module(f"envc.importing.{FORMATS[form].module}").read
    try:
        return reader(source)
    except RecursionError:
        return Refused(1, "this file is nested too deeply")
