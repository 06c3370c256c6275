"""Where code comes from, and the hashes that say which bytes it is."""

from collections.abc import Iterable

from envc import spec, vocabulary
from envc.check.claims import claim
from envc.check.guards import Guards
from envc.check.report import Report
from envc.check.values import Values
from envc.diagnostics import rules
from envc.facts import hashes as hashing
from envc.facts import identifiers
from envc.syntax import nodes
from envc.syntax.words import Word
from envc.values import dataclass


@dataclass(frozen=True, slots=True)
class Sources:
    """Reads where code is to be had."""

    report: Report
    guards: Guards
    values: Values

    def read(self, written: nodes.CodeSource) -> spec.SourceCode:
        kind = written.kind.text
        if kind not in vocabulary.SOURCE_KINDS:
            self.report.unknown(
                rules.UNKNOWN_WORD,
                "there is no kind of source",
                written.kind,
                tuple(vocabulary.SOURCE_KINDS),
            )
        elif kind in ("git", "tar"):
            claim(self.report, written.place, identifiers.url)
        attributes, hashes = self._attributes(kind, written.attributes)
        self._check_pinned(kind, written, {name for name, _ in attributes}, hashes)
        versions = written.versions.text.removeprefix("@") if written.versions is not None else ""
        place = self.report.place(written.span)
        return spec.SourceCode(kind, written.place.value, versions, attributes, hashes, place)

    def _attributes(
        self, kind: str, written: Iterable[nodes.Attribute]
    ) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        allowed = vocabulary.SOURCE_KINDS[kind][1] if kind in vocabulary.SOURCE_KINDS else ()
        attributes: list[tuple[str, str]] = []
        hashes: list[str] = []
        seen: dict[str, nodes.Attribute] = {}
        for attribute in written:
            key = attribute.key
            if key is None:
                self._hash(attribute.value)
                hashes.append(attribute.value.text)
                continue
            if allowed and key.text not in allowed:
                what = f"a `{kind}` source has no"
                self.report.unknown(rules.UNKNOWN_KEY, what, key, allowed)
                continue
            self._attribute(key.text, attribute, seen)
            attributes.append((key.text, attribute.value.value))
        return tuple(attributes), tuple(hashes)

    def _attribute(
        self, name: str, attribute: nodes.Attribute, seen: dict[str, nodes.Attribute]
    ) -> None:
        key = vocabulary.ATTRIBUTES.get(name)
        if key is None:
            return
        word = attribute.key or attribute.value
        if name in seen and not key.repeat:
            self.report.tell(
                rules.SET_TWICE,
                f"`{name}` is set twice",
                attribute.span,
                also=((self.report.place(seen[name].span), "first set here"),),
                help="remove one of them",
            )
        seen.setdefault(name, attribute)
        self.values.read(word, ((attribute.value,),), key)
        if name == "commit":
            claim(self.report, attribute.value, hashing.commit)
        elif name == "mirror":
            claim(self.report, attribute.value, identifiers.url)

    def _hash(self, word: Word) -> None:
        reader = hashing.swhid if word.text.startswith("swh:") else hashing.digest
        claim(self.report, word, reader)

    def _check_pinned(
        self, kind: str, written: nodes.CodeSource, names: set[str], hashes: tuple[str, ...]
    ) -> None:
        """A source says which bytes it is, so that it means the same years later."""
        missing = ""
        if kind == "git" and not names & {"tag", "commit"}:
            missing = 'say which state of the repository is meant, with `tag "…"` or `commit "…"`'
        elif kind == "tar" and not hashes:
            missing = "add the hash of the archive, `sha256:…`; `sha256sum FILE` tells it"
        elif kind == "pypi" and written.versions is None:
            missing = f"say which version, such as `{written.place.value}@=1.0`"
        if missing:
            self.report.tell(
                rules.FACT_MISSING,
                f"this `{kind}` source does not say which bytes it is",
                written.span,
                help=missing,
            )

    def patch(self, written: nodes.Patch) -> spec.Patch:
        hashes = tuple(a.value.text for a in written.attributes if a.key is None)
        for attribute in written.attributes:
            if attribute.key is None:
                self._hash(attribute.value)
            else:
                self.report.unknown(rules.UNKNOWN_KEY, "a patch has no", attribute.key, ())
        if not hashes:
            self.report.tell(
                rules.FACT_MISSING,
                "this patch has no hash",
                written.span,
                help="add `sha256:…` behind its path; `sha256sum FILE` tells it",
            )
        guard = self.guards.read(written.condition)
        return spec.Patch(written.path.value, hashes, guard, self.report.place(written.span))
