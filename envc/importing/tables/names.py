"""Names of Debian's, conda's, Spack's, EasyBuild's and hpccm's for packages of the library.

Names that differ only by case, by `_` or by a language's own beginning need no line here: packages
look for those by themselves. Behind a name stand the library's; choices follow them after a blank.
"""

from collections.abc import Mapping

Names = Mapping[str, str]

DEBIAN: Names = {
    "build-essential": "gcc, make",
    "cmake-data": "cmake",
    "cpp": "gcc",
    "default-jdk": "openjdk",
    "default-jre": "openjdk",
    "g++": "gcc",
    "gcc": "gcc",
    "gfortran": "gcc fortran=yes",
    "libblas-dev": "lapack",
    "libgfortran5": "gcc fortran=yes",
    "libgomp1": "gcc",
    "libstdc++6": "gcc",
    "libboost-all-dev": "boost",
    "libeigen3-dev": "eigen",
    "libhdf5-mpi-dev": "hdf5 mpi=yes",
    "libmpich-dev": "mpich",
    "libopenblas-base": "openblas",
    "libopenblas-dev": "openblas",
    "libopenblas0": "openblas",
    "mpi-default-bin": "openmpi",
    "mpi-default-dev": "openmpi",
    "ninja-build": "ninja",
    "openmpi-common": "openmpi",
    "pkg-config": "pkg-config",
    "pkgconf": "pkg-config",
    "r-base": "r",
    "r-base-dev": "r",
    "python-is-python3": "python",
    "python3-full": "python",
    "python3-minimal": "python",
    "python3-venv": "python",
}
CONDA: Names = {
    "blas": "openblas",
    "boost-cpp": "boost",
    "c-compiler": "gcc",
    "compilers": "gcc fortran=yes",
    "cudatoolkit": "cuda",
    "cxx-compiler": "gcc",
    "fortran-compiler": "gcc fortran=yes",
    "gfortran": "gcc fortran=yes",
    "gxx": "gcc",
    "jpeg": "libjpeg-turbo",
    "libblas": "openblas",
    "libboost": "boost",
    "libboost-devel": "boost",
    "libgfortran": "gcc fortran=yes",
    "liblapack": "openblas",
    "libnetcdf": "netcdf",
    "libopenblas": "openblas",
    "matplotlib-base": "python-matplotlib",
    "netcdf4": "python-netcdf4",
    "pkgconfig": "pkg-config",
    "pytables": "python-tables",
    "r-base": "r",
    "ucx": "ucx",
}
SPACK: Names = {
    "boost": "boost",
    "gmake": "make",
    "intel-tbb": "tbb",
    "intel-oneapi-tbb": "tbb",
    "llvm": "clang",
    "netcdf-c": "netcdf",
    "netcdf-cxx4": "netcdf-cxx",
    "netlib-lapack": "lapack",
    "netlib-scalapack": "scalapack",
    "parallel-netcdf": "pnetcdf",
    "pkgconf": "pkg-config",
    "pkgconfig": "pkg-config",
    "py-torch": "python-pytorch",
    "suite-sparse": "suitesparse",
    "zlib-api": "zlib",
    "zlib-ng": "zlib",
}
EASYBUILD: Names = {
    "autotools": "autoconf, automake, libtool",
    "curl": "curl",
    "fftw.mpi": "fftw mpi=yes",
    "flexiblas": "openblas",
    "gcccore": "gcc",
    "java": "openjdk",
    "libreadline": "readline",
    "llvm": "clang",
    "matplotlib": "python-matplotlib",
    "netcdf-c++4": "netcdf-cxx",
    "pkgconf": "pkg-config",
    "pkgconfig": "pkg-config",
    "pytorch": "python-pytorch",
    "pyyaml": "python-pyyaml",
    "scipy-bundle": "python-numpy, python-scipy, python-pandas",
    "suitesparse": "suitesparse",
    "szip": "libaec",
}
PYPI: Names = {
    "h5py": "python-h5py",
    "netcdf4": "python-netcdf4",
    "tables": "python-tables",
    "torch": "python-pytorch",
}
YUM: Names = {
    "cfitsio": "cfitsio",
    "gcc-c++": "gcc",
    "gcc-gfortran": "gcc fortran=yes",
    "java-devel": "openjdk",
    "ninja-build": "ninja",
    "pkgconf-pkg-config": "pkg-config",
    "python3": "python",
}

COMPILER_SERIES = "gcc", "g++", "gfortran", "clang"
"""Debian has each of these with a version behind it, such as `gfortran-13`."""

PROPRIETARY: Mapping[str, str] = {
    "aocc": "AMD's compilers",
    "cray-mpich": "HPE's MPI",
    "imkl": "Intel's MKL",
    "impi": "Intel's MPI",
    "intel": "Intel's compilers",
    "intel-compilers": "Intel's compilers",
    "intel-mpi": "Intel's MPI",
    "intel-oneapi-compilers": "Intel's compilers",
    "intel-oneapi-mkl": "Intel's MKL",
    "intel-oneapi-mpi": "Intel's MPI",
    "intel_mpi": "Intel's MPI",
    "intel_psxe": "Intel's compilers",
    "mkl": "Intel's MKL",
    "nvhpc": "NVIDIA's compilers",
    "oneapi": "Intel's compilers",
}
"""What nobody but its maker may give away: a site has it, images do not."""

TOOLCHAINS: Mapping[str, str] = {
    "foss": "gcc fortran=yes, openmpi, openblas, fftw, scalapack",
    "gfbf": "gcc fortran=yes, openblas, fftw",
    "gompi": "gcc fortran=yes, openmpi",
    "gompic": "gcc fortran=yes, openmpi, cuda",
    "fosscuda": "gcc fortran=yes, openmpi, openblas, fftw, scalapack, cuda",
    "gcc": "gcc fortran=yes",
    "gcccore": "gcc fortran=yes",
    "gmpich": "gcc fortran=yes, mpich",
}
"""EasyBuild's toolchains, by their names in small letters."""
