"""Sources, checksums and patches of an easyconfig."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from envc.importing.found import Code, Found, Patch

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Sources:
    found: Found
    said: Mapping[str, Any]

    def read(self, line: int) -> bool:
        """Whether there is a source that says which bytes it means."""
        sources = self._list("sources")
        for place, each in enumerate(sources):
            if place:
                self.found.note(line, "an app has one source: the others were left out")
                break
            self._source(each, line)
        return bool(self.found.sources)

    def patches(self, line: int) -> None:
        before = len(self._list("sources"))
        for place, each in enumerate(self._list("patches")):
            name = _first(each)
            digest = self._digest(before + place, name)
            if name and digest:
                self.found.patches.append(Patch(name, digest, line))
            else:
                self.found.note(line, f"the patch `{name[:60]}` has no hash of its own: left out")

    def _source(self, each: Any, line: int) -> None:
        if isinstance(each, dict) and isinstance(each.get("git_config"), dict):
            self._git(each["git_config"], line)
            return
        name = _first(each)
        given = each.get("download_filename") if isinstance(each, dict) else None
        file = given if isinstance(given, str) else name
        urls = [text for text in self._urls(each) if "%(" not in text]
        if not self._urls(each) and self._is_of_pypi():
            versions = f"{self.said.get('name')}@={self.said.get('version')}"
            self.found.sources.append(Code("pypi", versions.lower(), line))
            return
        if not file or not urls or "%(" in file:
            self.found.note(line, "the address of the source is not told: write a `source`")
            return
        digest = self._digest(0, name)
        where = [f"{url.rstrip('/')}/{file}" for url in urls]
        if not digest:
            self.found.note(
                line, f"`{where[0]}` has no hash: write `source tar` with its `sha256:…`"
            )
            return
        mirrors = tuple(("mirror", url) for url in where[1:])
        self.found.sources.append(Code("tar", where[0], line, mirrors, (digest,)))

    def _is_of_pypi(self) -> bool:
        """EasyBuild looks there for what a Python package says no address of."""
        return self.said.get("easyblock") == "PythonPackage"

    def _git(self, config: Mapping[str, Any], line: int) -> None:
        url, name = str(config.get("url", "")).rstrip("/"), str(config.get("repo_name", ""))
        states = [(key, str(config[key])) for key in ("tag", "commit") if config.get(key)]
        if url and name and states:
            self.found.sources.append(Code("git", f"{url}/{name}.git", line, tuple(states)))
        else:
            self.found.note(line, f"`{url}/{name}` is got at no tag or commit: write a `source`")

    def _urls(self, each: Any) -> list[str]:
        own = each.get("source_urls") if isinstance(each, dict) else None
        listed = own if isinstance(own, list | tuple) else self._list("source_urls")
        return [text for text in listed if isinstance(text, str)]

    def _digest(self, place: int, name: str) -> str:
        """The checksum at a place; they are listed for sources first, then for patches."""
        checksums = self._list("checksums")
        each = checksums[place] if place < len(checksums) else None
        if isinstance(each, dict):
            each = each.get(name)
        if isinstance(each, list | tuple) and len(each) == 2 and each[0] == "sha256":
            each = each[1]
        text = each if isinstance(each, str) else ""
        return f"sha256:{text}" if _DIGEST.fullmatch(text) else ""

    def _list(self, name: str) -> list[Any]:
        listed = self.said.get(name)
        if isinstance(listed, list | tuple):
            return list(listed)
        return [listed] if isinstance(listed, str | dict) else []


def _first(each: Any) -> str:
    """The file's name, wherever it stands: alone, first of several, or in a dictionary."""
    if isinstance(each, dict):
        each = each.get("filename") or each.get("name")
    if isinstance(each, list | tuple) and each:
        each = each[0]
    return each if isinstance(each, str) else ""
