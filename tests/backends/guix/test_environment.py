"""An environment as Guix has it: a profile whose compilers get the options of the target."""

from dataclasses import replace

import pytest

from envc.lock.contents import spelled
from envc_backends.guix import BACKEND
from envc_backends.guix.supply import chosen
from tests.backends.guix.compiled import Compiled, compiled, put
from tests.backends.guix.conftest import SHARE, Lab
from tests.plan.worlds import locked

SPEC = """envc 1

app tools@0.3 {
  summary  "Compilers and libraries to work with"
  license  MIT
  needs    gcc@14 +fortran, make
  targets  x86_64_v3
  flags {
    cflags "-DSAID=\\"it's\\""
  }
  env {
    WAVES "a b"
  }
  emit guix
}
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    (made,) = compiled(tmp_path_factory.mktemp("environment"), "tools", SPEC, {})
    return made


def test_a_shell_is_told_the_variables(tools: Compiled) -> None:
    (shell,) = (file.use for file in tools.files if file.path == "manifest.scm")
    started = shell.partition(" -m manifest.scm -- ")[2]
    assert started.startswith("env CC=cc OMPI_CC=cc ")
    assert started.endswith(" 'WAVES=a b' bash")


def test_one_that_has_no_compilers_needs_no_other_file() -> None:
    (plan,) = locked("app tools {\n  needs gsl\n  emit guix\n}").planned().plans
    assert [file.path for file in BACKEND.files(plan)] == ["channels.scm", "manifest.scm"]


def test_an_app_with_code_has_guixs_own_compilers(tools: Compiled) -> None:
    files = BACKEND.files(replace(tools.plan, is_environment=False))
    assert "with-options" not in "".join(file.text for file in files)


def test_several_packages_that_are_built_are_refused() -> None:
    source = f'source tar "https://example.org/w.tar" sha256:{"0" * 64}\nbuild make'
    waves, tide = (
        f"package {name} {{\nversion 1.0 from source\n{source}\n}}\n" for name in ("waves", "tide")
    )
    text = f"{waves}\n{tide}\napp tools {{\n needs gcc@14, make, waves, tide\n emit guix\n}}"
    (plan,) = locked(text).planned().plans
    (told,) = BACKEND.refusals(plan)
    assert "holds one package that is built, and this one `tide` and `waves`" in told.message


# ---- the real Guix -------------------------------------------------------------------------------

real = [
    pytest.mark.tool("mmdebstrap"),
    pytest.mark.slow,
    pytest.mark.xdist_group("guix-host"),
]
HOSTED = """(use-modules (host) (gnu packages))
(define with-options (load "compilers.scm"))
{compilers}
(with-options (stand-in (specification->package "gcc-toolchain@14") programs) compilers)
"""


@pytest.fixture(scope="module")
def folder(lab: Lab, tools: Compiled) -> str:
    put(lab.root / SHARE.lstrip("/"), tools)
    return f"{SHARE}/{tools.folder}"


class TestReal:
    pytestmark = real

    def test_it_is_a_profile_of_what_is_locked(
        self, lab: Lab, tools: Compiled, folder: str
    ) -> None:
        (told,) = lab.repl("evaluate.scm", [("x86_64-linux", f"{folder}/manifest.scm")])
        assert "error" not in told, told
        found = {f"{each['name']}@{each['version']}": each["path"] for each in told["entries"]}
        own = {spelled(item): item.path for item in chosen(tools.plan, tools.plan.run_items)}
        assert own.keys() <= found.keys()
        others = {name for name, path in own.items() if found[name] != path}
        assert others == {"gcc-toolchain@14.3.0", "gfortran-toolchain@14.3.0"}

    def test_style_changes_nothing(self, lab: Lab, tools: Compiled) -> None:
        texts = {file.path: file.text for file in tools.files}
        lab.say("guix", "style", "-f", *(lab.put(f"styled/{name}", texts[name]) for name in texts))
        assert {name: lab.read(f"{SHARE}/styled/{name}") for name in texts} == texts

    def test_its_compilers_reach_the_target(self, lab: Lab, tools: Compiled, folder: str) -> None:
        """With Debian's programs in place of what Guix' toolchain has, which are not all."""
        said = tools.text("manifest.scm")
        own = said[said.index("(define compilers") : said.index("(packages->manifest")]
        path = lab.put(f"{tools.folder}/hosted.scm", HOSTED.format(compilers=own))
        words = ("guile", "--no-auto-compile", f"{SHARE}/guix-host.scm", "build", "-f", path)
        built = lab.say(*words).strip()
        script = 'cd "$1/bin"; test -x gcc-ar; test ! -e f77; ./cc -E -dM - </dev/null'
        told = lab.say("sh", "-euc", script, "-", built).splitlines()
        assert {'#define SAID "it\'s"', "#define __AVX2__ 1", "#define __FMA__ 1"} <= {*told}
