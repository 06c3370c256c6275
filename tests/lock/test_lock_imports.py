"""What `lock --check` of a fresh lock imports: nothing that fetches, unpacks, solves or signs."""

import subprocess
import sys

from tests.cli.test_imports import SLOW, imported
from tests.lock.toy import Toy

UNUSED = {
    "envc.debian", "envc.diagnostics.text", "envc.guix", "envc.lock.loose", "envc.lock.marks",
    "envc.registry", "envc.resolve.code", "envc.resolve.make", "envc.sources.archive",
    "envc.sources.patches", "envc.sources.pypi", "envc.sources.resolve", "envc.store.fetch",
}  # fmt: skip
FOREIGN = SLOW | {
    "http", "json", "pysequoia", "subprocess", "tarfile", "tomllib", "traceback", "zipfile",
}  # fmt: skip


def test_a_check_of_a_fresh_lock_imports_what_it_compares(toy: Toy) -> None:
    toy.locked(['app heat2d {\n  source dir "."\n  needs gcc@13.3\n  targets x86_64_v3\n}'])
    code, modules = imported("lock", "--check", toy.spec.name, cwd=toy.folder)
    assert code == 0
    assert "envc.sources.local" in modules  # its code is looked at
    assert not modules & UNUSED
    # archspec's package itself, to find its data; `archspec.cpu` is what costs.
    assert modules & FOREIGN <= {"archspec"}
    assert not any(name.startswith("archspec.") for name in modules)


COSTLY = """
import sys
from envc.cli import main
main(sys.argv[1:])
kinds = {
    each
    for name, module in list(sys.modules.items()) if name.startswith("envc")
    for each in vars(module).values()
    if isinstance(each, type) and "__dataclass_fields__" in vars(each)
}
methods = (method for each in kinds for method in vars(each).values())
print(len(kinds), sum(getattr(each, "__code__", None) is not None
    and each.__code__.co_filename == "<string>" for each in methods))
"""


def test_few_methods_are_compiled_at_each_start(toy: Toy) -> None:
    """`envc.values` compiles one for each class where the standard library compiles six."""
    toy.locked(['app heat2d {\n  source dir "."\n  needs gcc@13.3\n  targets x86_64_v3\n}'])
    words = [sys.executable, "-c", COSTLY, "lock", "--check", toy.spec.name]
    done = subprocess.run(words, cwd=toy.folder, capture_output=True, timeout=60, check=True)
    classes, methods = map(int, done.stdout.split())
    assert classes > 100
    assert methods < 2 * classes
