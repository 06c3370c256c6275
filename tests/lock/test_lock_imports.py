"""What `lock --check` of a fresh lock imports: nothing that fetches, unpacks, solves or signs."""

from tests.cli.test_imports import SLOW, imported
from tests.lock.toy import Toy

UNUSED = {
    "envc.debian", "envc.guix", "envc.registry", "envc.resolve.code", "envc.resolve.make",
    "envc.sources.archive", "envc.sources.patches", "envc.sources.pypi", "envc.sources.resolve",
    "envc.store.fetch", "envc.diagnostics.text",
}  # fmt: skip
FOREIGN = SLOW | {"http", "json", "pysequoia", "subprocess", "tarfile", "traceback", "zipfile"}


def test_a_check_of_a_fresh_lock_imports_what_it_compares(toy: Toy) -> None:
    toy.locked(['app heat2d {\n  source dir "."\n  needs gcc@13.3\n  targets x86_64_v3\n}'])
    code, modules = imported("lock", "--check", toy.spec.name, cwd=toy.folder)
    assert code == 0
    assert "envc.sources.local" in modules  # its code is looked at
    assert not modules & UNUSED
    # archspec's package itself, to find its data; `archspec.cpu` is what costs.
    assert modules & FOREIGN <= {"archspec"}
    assert not any(name.startswith("archspec.") for name in modules)
