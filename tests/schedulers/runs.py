"""What the labs' schedulers are asked: one run for each thing, in words of none of them."""

from dataclasses import dataclass

DATA = "what a program reads\n"
RUNS = """
  run plain {{
    walltime  5 min
    command   "probe one 'two  words' '$HOME'"
  }}
  run numbers {{
    walltime  5 min
    array     1..7 step 2{limit}
    command   "probe number {{index}}"
  }}
  run high {{
    walltime  5 min
    array     5000..5009 step 3{limit}
    command   "probe span {{index}}"
  }}
  run ranks {{
    walltime  5 min
    tasks     2
    launch    {launch}
    command   "probe ranks"
  }}
  run failing {{
    walltime  5 min
    command   "probe fail 7"
  }}
  run endless {{
    walltime  5 min
    command   "probe sleep 600"
  }}
  run late {{
    walltime  {late}
    command   "probe sleep 600"
  }}
  run saving {{
    walltime    {time}
    checkpoint  USR1 before {before}
    command     "probe save"
  }}
  run chosen {{
    walltime    5 min
    constraint  infiniband
    command     "probe chosen {{target}}"
  }}
  run again {{
    walltime  5 min
    requeue   yes
    command   "probe again again.mark 61"
  }}
  run once {{
    walltime  5 min
    requeue   no
    command   "probe sleep 600"
  }}
  run whole {{
    walltime  5 min
    cpus      2 per task
    memory    300 MiB
    input     "data.txt"
    output    "result.txt"
    command   "probe copy {{scratch}}/data.txt {{scratch}}/result.txt {{cpus}}"
    mail      "ada@example.org"
    {asks}
  }}
"""
TOGETHER = """
  run together {
    walltime  5 min
    queue     any
    nodes     2
    tasks     2
    command   "probe ranks {target}"
  }
"""
LATER = """
  run later {
    walltime  5 min
    after     plain
    command   "probe later"
  }
"""
SITE = """
  scheduler  {scheduler}
  runtime    charliecloud
  images     "/images"
  scratch    "/scratch"
  partition  fast {{ target x86_64  cores 2  features fast }}
  partition  any {{ target x86_64  cores 2  features mixed }}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """In what the runs differ, since schedulers do."""

    scheduler: str
    asks: str
    """Of the one run that asks for much."""
    more: str = ""
    """Runs that not all schedulers take."""
    late: str = "10 s"
    """As little as a job may take."""
    time: str = "1 min"
    before: str = "50 s"
    limit: str = " limit 2"
    launch: str = "mpi_hybrid"

    @property
    def runs(self) -> str:
        common = RUNS.format(
            asks=self.asks, late=self.late, time=self.time, before=self.before,
            limit=self.limit, launch=self.launch,
        )  # fmt: skip
        return common + self.more

    @property
    def site(self) -> str:
        return SITE.format(scheduler=self.scheduler)


SLURM = Asked(
    "slurm { mpi pmix }",
    "account physics\n    notify begin, end",
    TOGETHER + LATER,
    # It looks every half a minute, and tells a program up to a minute too early.
    late="1 min",
    time="2 min",
    before="70 s",
)
SGE = Asked("sge", "account physics\n    project heat\n    notify begin, end", TOGETHER)
# OAR has no word for a limit.
OAR = Asked("oar", "project physics\n    notify begin, end", TOGETHER, limit="")
# The image has an Open MPI 4, which that of the machine, a 5, does not start.
HTCONDOR = Asked(
    "htcondor { shared yes }", "account physics\n    project heat", launch="mpi_inside"
)

APART = """\
envc 1

app brought@1.0 {
  summary  "Is brought to a machine, and what it leaves is fetched"
  license  Apache-2.0
  source   dir "src"
  targets  x86_64
  build shell {
    run "true"
    install "probe.c"
  }
  run brought {
    walltime  5 min
    input     "data.txt"
    output    "deep/result.txt"
    command   "sh -c 'pwd; mkdir deep; cp data.txt deep/result.txt'"
  }
}

site apart {
  scheduler  htcondor
  runtime    none
  partition  fast { target x86_64  cores 2  features fast }
}
"""
"""Where machines see no folders of the host that jobs are handed in from."""
