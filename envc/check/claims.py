"""Words that claim to be something: a licence, a DOI, an ORCID, an address, a hash."""

from collections.abc import Callable

from envc.check.report import Report
from envc.diagnostics import rules
from envc.facts import identifiers, licences
from envc.facts.problem import Problem
from envc.syntax import nodes
from envc.syntax.words import Kind, Word


def licence_text(report: Report, words: list[Word], items: nodes.Items) -> nodes.Items:
    text = " ".join(word.value for word in words)
    span = words[0].span.to(words[-1].span)
    quoted = len(words) == 1 and words[0].kind is Kind.STRING
    read = licences.licence(text)
    if isinstance(read, Problem):
        one = Word(Kind.STRING if quoted else Kind.NAME, words[0].text, span)
        report.problem(rules.NOT_WHAT_IT_CLAIMS, one, read)
    # An unquoted licence is a text like any other from here on.
    return ((Word(Kind.STRING, f'"{text}"', span),),) if not quoted else items


def orcid_tag(report: Report, word: Word) -> None:
    name, _, number = word.text.partition(":")
    if name != "orcid":
        report.tell(
            rules.WRONG_VALUE,
            f"`{word.value}` is one word too many",
            word.span,
            help="an ORCID is written `orcid:0000-0002-1825-0097`",
        )
        return
    read = identifiers.orcid(number)
    if isinstance(read, Problem):
        better = f"orcid:{read.suggestion}" if read.suggestion else None
        told = Problem(read.message, read.help, better)
        report.problem(rules.NOT_WHAT_IT_CLAIMS, word, told)


def claim(report: Report, word: Word, read: Callable[[str], object]) -> None:
    found = read(word.value)
    if isinstance(found, Problem):
        report.problem(rules.NOT_WHAT_IT_CLAIMS, word, found)
