"""The extension's own tests, run by npm, and the package that it makes."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.editor.client import COMMAND

pytestmark = pytest.mark.tool("npm")


def npm(folder: Path, *words: str) -> None:
    server = json.dumps([sys.executable, "-c", COMMAND])
    done = subprocess.run(
        [shutil.which("npm") or "npm", "run", *words],
        cwd=folder,
        env={**os.environ, "ENVC_LSP": server},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_npm_test(extension: Path) -> None:
    npm(extension, "test")


def test_npm_package(extension: Path, tmp_path: Path) -> None:
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    if int(version.stdout.removeprefix("v").split(".")[0]) < 20:
        pytest.skip("vsce needs Node.js 20")
    packed = tmp_path / "envc.vsix"
    npm(extension, "package", "--", "--out", str(packed))
    with zipfile.ZipFile(packed) as archive:
        names = set(archive.namelist())
    assert {
        "extension/package.json",
        "extension/dist/extension.js",
        "extension/syntaxes/envc.tmLanguage.json",
        "extension/language-configuration.json",
    } <= names
    assert not any("node_modules" in name or "/test/" in name for name in names)


def test_the_version_is_envcs(extension: Path) -> None:
    from envc import __version__

    manifest = json.loads((extension / "package.json").read_text("utf-8"))
    assert manifest["version"] == re.sub(r"[^0-9.].*", "", __version__)
