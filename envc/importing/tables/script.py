"""Programs, variables and options that build scripts hold, and that envc has no need of."""

QUIET = frozenset({
    ":", "[", "[[", "add-apt-repository", "apt-key", "cat", "chgrp", "chmod", "chown", "cp",
    "dpkg-reconfigure", "echo", "exit", "export", "false", "find", "hash", "ldconfig", "ln",
    "locale-gen", "mkdir", "mktemp", "mv", "popd", "printf", "pwd", "rm", "rmdir", "sed", "set",
    "sha256sum", "sha512sum", "shopt", "sleep", "source", ".", "strip", "tar", "test", "touch",
    "true", "ulimit", "umask", "unset", "unzip", "update-alternatives",
    "update-ca-certificates", "update-locale", "which", "xz", "gunzip", "gzip",
})  # fmt: skip
"""Housekeeping that an image made by envc has no need of; what some of them leave is told."""
TOLD = frozenset({
    "add-apt-repository", "apt-key", "cp", "ln", "mv", "sed", "source", ".",
    "update-alternatives",
})  # fmt: skip
HOUSEKEEPING = frozenset({"DEBIAN_FRONTEND", "DEBCONF_NONINTERACTIVE_SEEN", "TERM", "HOME"})
PATHS = frozenset({"PATH", "LD_LIBRARY_PATH", "LIBRARY_PATH", "CPATH", "PKG_CONFIG_PATH",
                    "MANPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH"})  # fmt: skip
APT_LATER = frozenset({
    "update", "clean", "autoclean", "autoremove", "purge", "remove", "upgrade", "dist-upgrade",
    "full-upgrade", "build-dep",
})  # fmt: skip
WITH_VALUE = frozenset({
    "-t", "-o", "-c", "-r", "-e", "-i", "-f", "-n", "-p", "-b", "-O", "-P", "--target-release",
    "--option", "--channel", "--name", "--prefix", "--index-url", "--extra-index-url",
    "--find-links", "--requirement", "--constraint", "--target", "--file", "--repo",
    "--enablerepo", "--virtual",
})  # fmt: skip
