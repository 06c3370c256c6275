"""Each scheduler is started once, with one spec's jobs compiled for it."""

from collections.abc import Iterator

import pytest

from tests.schedulers.lab import Lab, running

RUNS = """
  run plain {
    walltime  5 min
    command   "probe one 'two  words' '$HOME'"
  }
  run numbers {
    walltime  5 min
    array     1..7 step 2 limit 2
    command   "probe number {index}"
  }
  run ranks {
    walltime  5 min
    tasks     2
    command   "probe ranks"
  }
  run failing {
    walltime  5 min
    command   "probe fail 7"
  }
  run endless {
    walltime  1 min
    command   "probe sleep 600"
  }
"""
CHOSEN = """
  run chosen {
    walltime    5 min
    constraint  infiniband
    command     "probe chosen"
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
  partition  {partition} {{ target x86_64  cores 2  features fast }}
"""


@pytest.fixture(scope="session")
def slurm(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    """Of the suite that the test names."""
    site = SITE.format(scheduler="slurm { mpi pmix }", partition="batch")
    folder = tmp_path_factory.mktemp("slurm")
    with running(request.param, "slurm", folder, RUNS + CHOSEN + LATER, site) as lab:
        yield lab


@pytest.fixture(scope="session")
def sge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    site = SITE.format(scheduler="sge", partition="fast")
    with running("bookworm", "sge", tmp_path_factory.mktemp("sge"), RUNS + CHOSEN, site) as lab:
        yield lab


@pytest.fixture(scope="session")
def oar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    site = SITE.format(scheduler="oar", partition="fast")
    runs = RUNS.replace(" limit 2", "")  # OAR has no word for it
    with running("bookworm", "oar", tmp_path_factory.mktemp("oar"), runs + CHOSEN, site) as lab:
        yield lab


@pytest.fixture(scope="session")
def htcondor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    site = SITE.format(scheduler="htcondor { shared yes }", partition="fast")
    folder = tmp_path_factory.mktemp("htcondor")
    # The image has an Open MPI 4, which that of the machine, a 5, does not start.
    runs = RUNS.replace("tasks     2", "tasks     2\n    launch    mpi_inside")
    with running("trixie", "htcondor", folder, runs + CHOSEN, site) as lab:
        yield lab
