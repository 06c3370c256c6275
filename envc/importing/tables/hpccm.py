"""hpccm's building blocks and their arguments, in the words of the library."""

from collections.abc import Mapping

Chosen = tuple[tuple[str, str], ...]
PACKAGES: Mapping[str, tuple[str, Chosen]] = {
    "gnu": ("gcc", (("fortran", "yes"),)),
    "llvm": ("clang", ()),
    "fftw": ("fftw", ()),
    "hdf5": ("hdf5", ()),
    "netcdf": ("netcdf", ()),
    "pnetcdf": ("pnetcdf", ()),
    "openmpi": ("openmpi", ()),
    "mpich": ("mpich", ()),
    "openblas": ("openblas", ()),
    "boost": ("boost", ()),
    "cmake": ("cmake", ()),
    "cgns": ("cgns", ()),
    "kokkos": ("kokkos", ()),
    "ucx": ("ucx", ()),
    "pmix": ("pmix", ()),
}
VARIANTS: Mapping[str, str] = {"fortran": "fortran", "mpi": "mpi", "pmix": "pmix"}
PLACES = frozenset({"prefix", "extra_repository", "toolchain", "check", "eula", "cc", "cxx",
                     "environment", "ospackages", "enable_mpi", "ldconfig"})  # fmt: skip
LEFT = frozenset({"user", "raw", "mlnx_ofed", "ofed", "multi_ofed", "knem", "xpmem", "gdrcopy",
                   "slurm_pmi2", "nsys", "arm_allinea_studio", "amgx", "nvshmem", "nccl", "charm",
                   "catalyst", "scif", "generic_build", "primitives", "sensei"})  # fmt: skip
