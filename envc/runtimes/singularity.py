"""SingularityCE."""

from envc.runtimes.apptainer import Sif
from envc.runtimes.model import Runtime

RUNTIME: Runtime = Sif("singularity", "SINGULARITYENV_")
