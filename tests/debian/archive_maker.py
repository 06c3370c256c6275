"""Makes small archives of Debian packages: real .debs, and a signature.

    made = make_archive(tmp_path, packages=[
        {"Package": "waves", "Version": "1.0", "Depends": "libwaves"},
        {"Package": "libwaves", "Version": "1.0", "Files": {"usr/lib/libwaves.so": "code"}},
    ])
    made.url, made.keyring

A package without an `Architecture` is made for each of the archive's. Called again with the same
folder, it puts newer packages beside the old files, as a mirror does; with
`folder / snapshot_of(date)` it makes what `folder/{snapshot}` finds. All but the signature is the
same bytes each time.
"""

import gzip
import io
import lzma
import shutil
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import md5, sha256
from pathlib import Path
from typing import Any

from pysequoia import SignatureMode, Tsk, sign

Package = Mapping[str, Any]
"""Fields of deb-control(5), and `Files`: what it installs, by path."""
Packed = Mapping[str, bytes]

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
BOTH = ("amd64", "arm64")
PACK = {
    "": bytes,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".xz": lzma.compress,
}
_INDEX_ONLY = ("Files", "Filename", "Size", "MD5sum", "SHA256")


@dataclass(frozen=True, slots=True)
class MadeArchive:
    folder: Path
    suite: str
    key: Tsk

    @property
    def url(self) -> str:
        return self.folder.as_uri()

    @property
    def in_release(self) -> Path:
        return self.folder / "dists" / self.suite / "InRelease"

    @property
    def keyring(self) -> Path:
        """The public key, as a user names it."""
        path = self.folder / "archive-key.asc"
        path.write_text(str(self.key.extract_certificate()))
        return path

    @property
    def fingerprint(self) -> str:
        return self.key.extract_certificate().fingerprint.upper()

    def index(self, architecture: str, ending: str = "", component: str = "main") -> Path:
        name = f"{component}/binary-{architecture}/Packages{ending}"
        return self.in_release.parent / name

    def sign(self, release: str) -> None:
        """Gives the archive another release file."""
        self.in_release.write_bytes(signed(release, self.key))


def make_archive(
    folder: Path,
    suite: str = "toy",
    packages: Iterable[Package] = (),
    *,
    date: datetime = NEW_YEAR,
    component: str = "main",
    architectures: Sequence[str] = BOTH,
    packed: Sequence[str] = (".xz",),
    release: Mapping[str, str] | None = None,
    key: Tsk | None = None,
) -> MadeArchive:
    """`packed` are the endings of the indexes that are there; `release` changes and adds fields."""
    made = MadeArchive(folder, suite, key or usual_key())
    indexes = _indexes(folder, component, architectures, list(packages))
    shutil.rmtree(made.in_release.parent, ignore_errors=True)
    listed = {}
    for path, data in indexes.items():
        for ending in dict.fromkeys(("", *packed)):
            written = PACK[ending](data)
            listed[path + ending] = written
            if ending in packed:
                _write_index(made.in_release.parent / (path + ending), written)
    fields = {
        "Origin": "envc tests",
        "Suite": f"{suite}-suite",
        "Codename": suite,
        "Date": f"{date:%a, %d %b %Y %H:%M:%S} UTC",
        "Acquire-By-Hash": "yes",
        "No-Support-for-Architecture-all": "Packages",
        "Architectures": " ".join(["all", *architectures]),
        "Components": component,
        **(release or {}),
    }
    made.in_release.parent.mkdir(parents=True, exist_ok=True)
    made.sign(release_text(fields, listed))
    return made


def snapshot_of(date: datetime) -> str:
    """The name that a release of this date has among snapshots."""
    return f"{date + timedelta(hours=12):%Y%m%dT%H%M%SZ}"


@cache
def usual_key() -> Tsk:
    """The archives of one test run have one key, unless they are given others."""
    return Tsk.generate("Archive of envc's tests <tests@example.org>")


def signed(text: str, key: Tsk) -> bytes:
    return sign(key.signer(), text.encode(), mode=SignatureMode.CLEAR)


def release_text(fields: Mapping[str, str], files: Packed) -> str:
    told = [f"{key}: {value}" for key, value in fields.items() if value]
    for heading, kind in (("MD5Sum", md5), ("SHA256", sha256)):
        told.append(f"{heading}:")
        told += [
            f" {kind(data).hexdigest()} {len(data):>8} {path}"
            for path, data in sorted(files.items())
        ]
    return "\n".join(told) + "\n"


def deb(fields: Mapping[str, str], files: Mapping[str, str | bytes] | None = None) -> bytes:
    """deb(5): an ar archive of a version and of two tar archives."""
    control = {"control": _stanza(fields)}
    members = {
        "debian-binary": b"2.0\n",
        "control.tar.xz": lzma.compress(_tar(control)),
        "data.tar.xz": lzma.compress(_tar(files or {})),
    }
    written = b"!<arch>\n"
    for name, data in members.items():
        head = f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n"
        written += head.encode() + data + b"\n" * (len(data) % 2)
    return written


def _indexes(
    folder: Path, component: str, architectures: Sequence[str], packages: Iterable[Package]
) -> dict[str, bytes]:
    stanzas: dict[str, list[str]] = {architecture: [] for architecture in architectures}
    for package in packages:
        asked = package.get("Architecture")
        for architecture in [asked] if asked else architectures:
            stanza = _in_pool(folder, component, {**package, "Architecture": architecture})
            for index in architectures if architecture == "all" else [architecture]:
                stanzas[index].append(stanza)
    return {
        f"{component}/binary-{architecture}/Packages": "\n".join(listed).encode()
        for architecture, listed in stanzas.items()
    }


def _in_pool(folder: Path, component: str, package: Package) -> str:
    """Puts the .deb where it belongs, and says what an index says of it."""
    name, version, architecture = (package[key] for key in ("Package", "Version", "Architecture"))
    fields = {
        "Package": name,
        "Version": version,
        "Architecture": architecture,
        "Maintainer": "envc's tests <tests@example.org>",
        "Section": "science",
        "Priority": "optional",
        "Description": f"what tests call {name}",
        **{key: value for key, value in package.items() if key not in _INDEX_ONLY},
    }
    data = deb(fields, package.get("Files"))
    source = package.get("Source", name).split()[0]
    file = f"{name}_{version.partition(':')[2] or version}_{architecture}.deb"
    path = f"pool/{component}/{source[0]}/{source}/{file}"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    said = {"Filename": path, "Size": str(len(data)), "SHA256": sha256(data).hexdigest()}
    asked = {key: package[key] for key in said if key in package}
    return _stanza({**fields, **said, **asked})


def _write_index(path: Path, data: bytes) -> None:
    by_hash = path.parent / "by-hash" / "SHA256" / sha256(data).hexdigest()
    by_hash.parent.mkdir(parents=True, exist_ok=True)
    for place in (path, by_hash):
        place.write_bytes(data)


def _stanza(fields: Mapping[str, str]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in fields.items())


def _tar(files: Mapping[str, str | bytes]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        folders = {parent for name in files for parent in Path(name).parents}
        for folder in sorted(folders | {Path()}):
            tar.addfile(_member(f"./{folder}/" if folder != Path() else "./", None))
        for name, text in sorted(files.items()):
            data = text.encode() if isinstance(text, str) else text
            tar.addfile(_member(f"./{name}", data), io.BytesIO(data))
    return whole.getvalue()


def _member(name: str, data: bytes | None) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.mode = 0o755
    member.mtime = int(NEW_YEAR.timestamp())
    if data is None:
        member.type = tarfile.DIRTYPE
    else:
        member.size = len(data)
    return member
