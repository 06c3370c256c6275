"""EasyBuild's constants and templates, as far as what they stand for is in the easyconfig."""

import re
from collections.abc import Mapping
from typing import Any

_ARCHIVES = {
    "TAR_GZ": "tar.gz", "TGZ": "tgz", "TAR_BZ2": "tar.bz2", "TBZ2": "tbz2", "TAR_XZ": "tar.xz",
    "TXZ": "txz", "ZIP": "zip", "TAR_Z": "tar.Z", "TAR": "tar",
}  # fmt: skip

SYSTEMS: Mapping[str, str] = {
    "ConfigureMake": "autotools",
    "CMakeMake": "cmake",
    "CMakeNinja": "cmake",
    "MesonNinja": "meson",
    "MakeCp": "make",
    "PythonPackage": "python",
    "PythonBundle": "python",
}
NO_BUILD = frozenset({"Bundle", "Toolchain", "SystemCompiler", "ModuleRC", "Binary", "Tarball"})
KNOWN = frozenset({
    "name", "version", "homepage", "description", "toolchain", "dependencies",
    "builddependencies", "sources", "source_urls", "checksums", "patches", "easyblock",
    "configopts", "moduleclass", "sanity_check_paths", "sanity_check_commands", "modextravars",
    "exts_list", "versionsuffix", "exts_defaultclass", "use_pip", "download_dep_fail",
    "sanity_pip_check", "separate_build_dir", "start_dir", "docurls", "software_license_urls",
    "parallel", "github_account", "license", "software_license", "whatis", "usage", "examples",
    "citing", "upstream_contacts", "site_contacts", "maxparallel", "max_parallel",
    "download_instructions", "fix_python_shebang_for", "fix_perl_shebang_for", "modloadmsg",
    "buildopts", "toolchainopts", "files_to_copy", "build_cmd", "default_component_specs",
    "components", "osdependencies",
})  # fmt: skip
"""What is read, or says nothing of how it is built."""

TEMPLATE_CONSTANTS: Mapping[str, Any] = {
    **{f"SOURCE_{name}": f"%(name)s-%(version)s.{end}" for name, end in _ARCHIVES.items()},
    **{f"SOURCELOWER_{key}": f"%(namelower)s-%(version)s.{end}" for key, end in _ARCHIVES.items()},
    "APACHE_SOURCE": "https://archive.apache.org/dist/%(namelower)s",
    "FTPGNOME_SOURCE": "https://ftp.gnome.org/pub/GNOME/sources/%(namelower)s/%(version_major_minor)s",
    "GITHUB_SOURCE": "https://github.com/%(github_account)s/%(name)s/archive",
    "GITHUB_LOWER_SOURCE": "https://github.com/%(github_account)s/%(namelower)s/archive",
    "GITHUB_RELEASE": "https://github.com/%(github_account)s/%(name)s/releases/download/v%(version)s",
    "GITHUB_LOWER_RELEASE": "https://github.com/%(github_account)s/%(namelower)s/releases/download/"
    "v%(version)s",
    "GNU_SOURCE": "https://ftpmirror.gnu.org/gnu/%(namelower)s",
    "PYPI_SOURCE": "https://pypi.python.org/packages/source/%(nameletter)s/%(name)s",
    "PYPI_LOWER_SOURCE": "https://pypi.python.org/packages/source/%(nameletterlower)s/%(namelower)s",
    "SOURCEFORGE_SOURCE": "https://download.sourceforge.net/%(namelower)s",
    "OS_PKG_OPENSSL_DEV": ("openssl-devel", "libssl-dev"),
    "OS_PKG_IBVERBS_DEV": ("libibverbs-dev", "rdma-core-devel"),
    "SHLIB_EXT": "so",
    "SYSTEM": {"name": "system", "version": "system"},
}  # fmt: skip


def templates(said: Mapping[str, Any]) -> dict[str, str]:
    """What `%(name)s` and its like stand for."""
    name, version = (str(said.get(key, "")) for key in ("name", "version"))
    numbers = re.split(r"[._-]", version)
    suffix, account = said.get("versionsuffix", ""), said.get("github_account", "")
    return {
        "name": name,
        "namelower": name.lower(),
        "nameletter": name[:1],
        "nameletterlower": name[:1].lower(),
        "version": version,
        "version_major": numbers[0],
        "version_minor": numbers[1] if len(numbers) > 1 else "",
        "version_major_minor": ".".join(numbers[:2]),
        "versionsuffix": suffix if isinstance(suffix, str) else "",
        "github_account": account if isinstance(account, str) and account else name.lower(),
    }
