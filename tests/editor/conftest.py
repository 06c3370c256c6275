"""What the tests of the editors' files need: real programs, and the extension made ready."""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

EXTENSION = Path(__file__).parents[2] / "grammar" / "editors" / "vscode"
_MADE = ("node_modules", "dist", "*.vsix", "package-lock.json")


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the VS Code extension, beside what npm installs for it."""
    copy = tmp_path_factory.mktemp("vscode") / "extension"
    shutil.copytree(EXTENSION, copy, ignore=shutil.ignore_patterns(*_MADE))
    (copy / "node_modules").symlink_to(_installed(copy / "package.json"))
    return copy


def _installed(manifest: Path) -> Path:
    """Installed once for a manifest; outside the checkout, or a wheel would take it in."""
    digest = hashlib.sha256(manifest.read_bytes()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"envc-vscode-{digest}"
    if not kept.is_dir():
        fresh = Path(tempfile.mkdtemp(prefix="envc-vscode-"))
        shutil.copy(manifest, fresh)
        npm = shutil.which("npm") or "npm"
        command = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=fresh, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        try:
            fresh.rename(kept)
        except OSError:  # another worker was faster
            shutil.rmtree(fresh)
    return kept / "node_modules"
