"""A small spec that is really built: an app in C, over a library of its own that is built too.

    project = small.project(folder)
    plan = small.plan(project)

Packages come from the mirror of this machine's own apt. What was downloaded and what was built is
kept in the store that the other tests of Debian have, so that roots are made once.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from envc.check import Checked, check_path
from envc.library import standard
from envc.lock.model import Lock
from envc.plan.make import plans
from envc.plan.model import Plan
from envc.resolve.fresh import fresh
from envc.store.objects import Store
from tests.debian_suites import STORE
from tests.own_apt import mirror

KEPT = Store(str(STORE))

SPEC = """\
envc 1

package tide {
  version 1.0 from source
  source  dir "tide"
  build   make
}

app moon@2.0 {
  summary  "How high the water stands"
  license  MIT
  source   dir "moon"
  needs {
    gcc@12:
    make for build
    tide@1.0
  }
  targets  x86_64, x86_64_v2
  build    make {
    goal     moon
    install  "moon"
  }
  test     "moon" expect "high water"
  run demo { command "moon" }
  emit dockerfile, apptainer
}
"""

FILES = {
    "moon.envc": SPEC,
    "tide/tide.h": "int tide(int hour);\n",
    "tide/tide.c": '#include "tide.h"\nint tide(int hour) { return hour % 12 == 3 ? 7 : 2; }\n',
    "tide/Makefile": "libtide.a: tide.o\n\tar rcs $@ tide.o\n"
    "install: libtide.a\n\tmkdir -p $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include\n"
    "\tcp libtide.a $(DESTDIR)$(PREFIX)/lib\n\tcp tide.h $(DESTDIR)$(PREFIX)/include\n",
    "moon/moon.c": "#include <stdio.h>\n#include <tide.h>\n"
    'int main(void) { puts(tide(3) > 5 ? "high water" : "low water"); return 0; }\n',
    "moon/Makefile": "moon: moon.c\n\t$(CC) -o $@ moon.c -ltide\n",
}


def project(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    """The path of its spec, which is locked, with all that it needs in the store."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    spec = folder / "moon.envc"
    envc("lock", str(spec))
    envc("fetch", str(spec))
    return spec


def plan(spec: Path, target: str = "x86_64") -> Plan:
    """As `envc compile` makes it."""
    checked = check_path(str(spec))
    assert isinstance(checked, Checked), checked
    lock = fresh(str(spec), checked)
    assert isinstance(lock, Lock), [each.message for each in lock]
    found = plans(checked, lock, standard(), (target,))
    assert not found.diagnostics, found.diagnostics
    (made,) = (each for each in found.plans if each.origin.startswith("debian/"))
    return made


def envc(*words: str, store: str = KEPT.folder) -> "subprocess.CompletedProcess[str]":
    variables = {**os.environ, "ENVC_STORE": store, "ENVC_DEBIAN_MIRROR": mirror()}
    done = subprocess.run(
        [sys.executable, "-m", "envc", *words],
        env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done
