"""Programs that are not what they are called: for versions and troubles that are not at hand."""

from pathlib import Path


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def says(text: str, code: int = 0) -> str:
    return f"cat << 'END'\n{text}\nEND\nexit {code}"
