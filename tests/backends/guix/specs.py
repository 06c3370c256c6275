"""Small applications, one for each thing that a package of Guix can have."""

from hashlib import sha256
from typing import NamedTuple

C = """#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __x86_64__
#ifndef __SSE4_2__
#error "compiled for another CPU"
#endif
#endif

int main(int count, char **words) {
  double sum = 0;
  int last = count > 1 ? atoi(words[1]) : 0;
  for (int each = 1; each <= last; each++) sum += sqrt(each);
  printf("sum %f, steps %d, home %s\\n", sum, STEPS, getenv("ROOTS_HOME"));
  return 0;
}
"""
CMAKE = """cmake_minimum_required(VERSION 3.18)
project(roots C)
add_executable(roots roots.c)
target_link_libraries(roots m)
install(TARGETS roots)
"""


PATCH = """--- a/roots.c
+++ b/roots.c
@@ -11,4 +11,4 @@
 int main(int count, char **words) {
-  double sum = 1;
+  double sum = 0;
   int last = count > 1 ? atoi(words[1]) : 0;
   for (int each = 1; each <= last; each++) sum += sqrt(each);
"""
"""Without it, the sum is wrong."""


class Spec(NamedTuple):
    text: str
    files: dict[str, str]


def spec(
    name: str, needs: str, build: str, more: str = "", targets: str = "x86_64_v3, neoverse_v1"
) -> str:
    """The lines that all have, and those of one."""
    return f"""envc 1

app {name}@0.3 {{
  summary  "{name}: a sum of square roots"
  license  MIT
  homepage "https://example.org/{name}"
  source   dir "."
  needs {{
{needs}
  }}
  targets  {targets}
  build    {build}
{more}
  emit guix
}}
"""


ROOTS = spec(
    "roots",
    "gcc@12:\n cmake@3.18: for build\n make for build",
    'cmake {\n ROOTS_NAME "a $b `c` \\"d\\""\n }',
    f"""
  flags {{
    cflags "-DSTEPS=3 -O2"
  }}
  env {{
    ROOTS_HOME "{{prefix}}/share $HOME `id` \\"q\\""
  }}
  patch "it's (hot) é.patch" sha256:{sha256(PATCH.encode()).hexdigest()}
  test "roots 10" expect "sum 22.468278"
""",
    "x86_64_v2",
)
"""Values with words of sh and Scheme in them; it is built for real."""

SPECS = {
    "roots": Spec(
        ROOTS,
        {
            "roots.c": C.replace("sum = 0", "sum = 1"),
            "CMakeLists.txt": CMAKE,
            "it's (hot) é.patch": PATCH,
        },
    ),
    "tuned": Spec(
        spec(
            "tuned",
            "gcc@14\n gsl\n cmake@3.18: for build\n make for build",
            "cmake",
            targets="x86_64_v3, zen4, neoverse_v1",
        ),
        {"main.c": C},
    ),
    "made": Spec(
        spec(
            "made",
            "gcc@14: +fortran\n openblas\n make for build",
            'make {\n goal all\n install "bin/made"\n CFLAGS "-O2 -g"\n PLACE "{prefix}/x"\n'
            " jobs 1\n}",
            'flags { fflags "-ffree-line-length-none"\n ldflags "-Wl,--as-needed" }',
        ),
        {"Makefile": "all:\n"},
    ),
    "configured": Spec(
        spec(
            "configured",
            "gcc@14\n hdf5@1.10.9 +fortran\n make for build",
            'autotools {\n enable-fortran yes\n with-hdf5 no\n CC mpicc\n folder "src"\n }',
            'test "configured"',
        ),
        {"src/configure": "#!/bin/sh\n"},
    ),
    "mesonic": Spec(
        spec(
            "mesonic",
            "gcc@14\n meson for build\n ninja for build",
            "meson {\n docs no\n }",
        ),
        {"meson.build": "project('mesonic', 'c')\n"},
    ),
    "scripted": Spec(
        spec(
            "scripted",
            "gcc@14",
            'shell {\n run "gcc -o {prefix}/it \'a b\' main.c"\n script "build.sh"\n'
            ' install "it"\n }',
        ),
        {"main.c": C, "build.sh": "true\n"},
    ),
    "pythonic": Spec(
        spec(
            "pythonic",
            "python\n python-numpy\n python-setuptools for build",
            'python {\n editable "no"\n }',
            'test "pythonic --version" expect "0.3"',
        ),
        {"pyproject.toml": "[project]\n"},
    ),
}
