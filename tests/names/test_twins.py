"""Which names mean one thing in both worlds, and which only look so."""

import pytest

from envc.names import shipped
from envc.names.twins import Twin, in_debian, in_guix
from tests.names.conftest import MakeGuix

SURE = [
    ("qhull", ("qhull", "2020.2")),
    ("h5py", ("python-h5py", "3.8.0")),
    ("numpy", ("python-numpy", "1.0")),
    ("mpi4py", ("python-mpi4py", "4.0.0")),
    ("pyyaml", ("python-pyyaml", "6.0.1")),
    ("r-cran-data.table", ("r-data-table", "1.0")),
    ("libjson-perl", ("perl-json", "1.0")),
    ("haskell-aeson", ("ghc-aeson", "1.0")),
    ("gcc-14", ("gcc", "14.2.0")),
    ("hdf5", ("hdf5", "1.14.5")),
    ("fftw3", ("fftw", "3.3.10")),
    ("magit", ("emacs-magit", "1.0")),
    ("golang-github-spf13-cobra", ("go-github-com-spf13-cobra", "1.0")),
    ("onetbb", ("tbb", "2022.1.0")),
    ("spglib", ("spglib", "1.0", "Library for crystal symmetry search")),
]


@pytest.mark.parametrize(("source", "package"), SURE, ids=[name for name, _ in SURE])
def test_a_twin_is_found_from_both_sides(
    source: str, package: tuple[str, ...], small_guix: MakeGuix
) -> None:
    guix, debian = small_guix(package, ("unrelated", "1.0")), shipped.debian()
    found = debian.source(source)
    assert found is not None

    assert in_guix(found, guix) == Twin(package[0], is_sure=True)
    if package[0] != "gcc":  # Debian has a source for each of its versions
        assert in_debian(package[0], guix, debian) == Twin(source, is_sure=True)


def test_a_name_alone_is_a_guess(small_guix: MakeGuix) -> None:
    source = shipped.debian().source("qhull")
    assert source is not None
    other = small_guix(("qhull", "0.1", "Play cards with your friends"))

    assert in_guix(source, other) == Twin("qhull", is_sure=False)


def test_what_is_borne_out_comes_before_what_is_not(small_guix: MakeGuix) -> None:
    source = shipped.debian().source("fftw3")
    assert source is not None
    both = small_guix(("fftw3", "0.1", "Play cards"), ("fftw", "3.3.10"))

    assert in_guix(source, both) == Twin("fftw", is_sure=True)


def test_what_only_one_has_has_no_twin(small_guix: MakeGuix) -> None:
    guix, debian = small_guix(("guix-only-thing", "1.0")), shipped.debian()
    source = debian.source("apt")
    assert source is not None

    assert in_guix(source, guix) is None
    assert in_debian("guix-only-thing", guix, debian) is None
