"""What canonical form looks like, case by case; the laws are in `properties/test_layout.py`."""

import pytest

from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse

LONG = "a-package-with-quite-a-long-name"

SAME = {
    "items stand apart, imports together": """\
envc 1
use apps/gromacs
use apps/smilei

targets tier1 = zen2, zen4
targets old   = x86_64_v2

# about the app
app a { }
""",
    "keys, values and conditions stand in columns": """\
app a {
  build cmake {
    GMX_MPI     yes
    GMX_DOUBLE  yes       when precision is double
    GMX_SIMD    AVX2_256  on zen2..zen3
    GMX_SIMD    AVX_512   on has avx512f

    OTHER 1
  }
}
""",
    "so do the parts of variants": """\
app a {
  variant  gpu       = none | cuda | hip  default none  "GPU back end"
  variant  precision = single | double    default single
  variant  mpi                            default yes
  using    gnu13
}
""",
    "and comments": """\
app a {  # one
  summary  "A"  # two
  license  MIT  # three
  # four
  build cmake {
    # five
  }  # six
}  # seven
""",
    "a row alone needs no column": """\
app a {
  summary "A"

  build cmake {
    X 1  when mpi
  }
}
""",
    "facts of a partition share a line": """\
site a {
  scheduler  oar { project required }
  runtime    guix
  partition  standard { target skylake_avx512  cores 32  memory 192 GiB }
  partition  old      { target haswell  cores 16 }
}
""",
    "a comment keeps a block open": """\
site a {
  partition standard {
    target  zen4
    cores   32  # with SMT off
  }
}
""",
    "comments stand inside lists": """\
app a {
  targets zen2,  # the old nodes
          # and the new ones
          zen4, zen5
}
""",
}

CHANGED = {
    "units, ranges and conditions have one spelling": (
        "app a @1.2{run b{memory 16GiB\nwalltime 1h30min\ngpus 4 on(zen2 .. zen3)when(mpi)}}",
        """\
app a@1.2 {
  run b {
    memory    16 GiB
    walltime  1 h 30 min
    gpus      4  when mpi on zen2..zen3
  }
}
""",
    ),
    "only brackets that matter stay": (
        'app a{conflict "x" when ((a) and (b and c)) or (not (d)) on (zen2, (zen3)) and has avx}',
        """\
app a {
  conflict "x" when a and b and c or not d on (zen2, zen3) and has avx
}
""",
    ),
    "amounts are told from other words": (
        "app a{run b{array 1 .. 16\nafter 2h}}",
        "app a {\n  run b {\n    array  1..16\n    after  2h\n  }\n}\n",
    ),
    "short needs stand on a line": (
        "app a{needs{ gcc @12:\nhdf5 + mpi }}",
        "app a {\n  needs gcc@12:, hdf5 +mpi\n}\n",
    ),
    "long needs in a block": (
        f"app a{{needs {LONG}-1, {LONG}-2, {LONG}-3}}",
        f"""\
app a {{
  needs {{
    {LONG}-1
    {LONG}-2
    {LONG}-3
  }}
}}
""",
    ),
    "a long list goes on below its first word": (
        f"targets a = {LONG}, {LONG}, {LONG}",
        f"targets a = {LONG}, {LONG},\n            {LONG}\n",
    ),
    "a source with much to say is a block": (
        f'app a{{source tar "https://example.org/{LONG}.tar.gz" sha256:00 mirror "https://b.org"}}',
        f"""\
app a {{
  source tar "https://example.org/{LONG}.tar.gz" {{
    sha256:00
    mirror "https://b.org"
  }}
}}
""",
    ),
    "empty lines": ("\n\nenvc 1\n\n\n\n# b\n\n\nuse a\n\n", "envc 1\n\n# b\n\nuse a\n"),
    "nothing": ("\r\n \t\n", ""),
}


def laid_out(text: str) -> str:
    parsed = parse(Source("a.envc", text))
    assert not parsed.diagnostics
    return layout(parsed.file)


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_canonical_form_stays(text: str) -> None:
    assert laid_out(text) == text


@pytest.mark.parametrize(("before", "after"), CHANGED.values(), ids=CHANGED)
def test_what_is_made_canonical(before: str, after: str) -> None:
    assert laid_out(before) == after
