"""Upstream's part of Debian's version numbers."""

import pytest

from envc.facts.debian_versions import upstream


@pytest.mark.parametrize(
    ("version", "plain"),
    [
        ("1:4.9.0-3+b1", "4.9.0"),
        ("12.2.0-14+deb12u1", "12.2.0"),
        ("2.12.7+dfsg+really2.9.14-2.1+deb13u3", "2.9.14"),
        ("2.0207+dfsg+really+2.0134-5+b2", "2.0134"),
        ("2025.0.0+really.1.28.7-1", "1.28.7"),
        ("7.0.0-really-5.3.5", "5.3.5"),
        ("1:7.0.0-really-5.3.5-2", "5.3.5"),
        ("8.2.0+0.really.8.1.8-1", "8.1.8"),
        ("2.2really-4", "2.2really"),
        ("1.10.8+repack1-1", "1.10.8"),
        ("4.2.2.dfsg.1-1", "4.2.2"),
        ("1.2.ds1-3", "1.2"),
        ("0.11~dfsg-3", "0.11"),
        ("2.0~rc1-1", "2.0"),
        ("1.74.0.3", "1.74.0.3"),
        ("20210331", "20210331"),
        ("5.40.1-6", "5.40.1"),
        ("2.0-rc-4", "2.0-rc"),
    ],
)
def test_version_as_a_spec_writes_it(version: str, plain: str) -> None:
    assert upstream(version) == plain
