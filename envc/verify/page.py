"""A report as a page of HTML that needs nothing beside it, the same for the same report."""

from collections.abc import Iterable, Iterator
from html import escape

from envc.verify.causes import BY_NAME
from envc.verify.difference import Difference
from envc.verify.report import ByEngine, Report, Verdict
from envc.verify.text import name, summary, told

_STYLE = """\
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } th, td { text-align: left; padding: .2rem 1rem .2rem 0 }
th { font-weight: 600 } tr { border-bottom: 1px solid #8884 }
code { font-size: .9em; overflow-wrap: anywhere } summary { cursor: pointer }
.same { color: #17703a } .differs { color: #b3261e }
@media (prefers-color-scheme: dark) { body { background: #16181c; color: #e4e4e4 }
  .same { color: #7fd6a0 } .differs { color: #ff9d94 } }
"""


def page(report: Report) -> str:
    title = f"Verification of {report.spec}"
    body = "".join((*map(_verdict, report.verdicts), *map(_by_engine, report.engines)))
    signed = "".join(f"<p>{escape(each)}</p>\n" for each in report.signed)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{signed}{body}</body>\n</html>\n"
    )


def _verdict(verdict: Verdict) -> str:
    kind = "same" if verdict.is_good else "differs"
    care = "" if verdict.protected else "<p>What envc does to keep builds alike was off.</p>\n"
    more = verdict.count - len(verdict.differences)
    return (
        f"<h2>{escape(name(verdict))}</h2>\n"
        f'<p class="{kind}">{escape(summary(verdict))}</p>\n{care}'
        + "".join(map(_difference, verdict.differences))
        + (f"<p>and {more} more files</p>\n" if more else "")
        + _recorded(verdict)
        + _worlds(verdict)
        + _judged(verdict)
    )


def _by_engine(made: ByEngine) -> str:
    kind = "same" if made.is_good else "differs"
    said = "the same to the bit" if made.is_same else "which differ"
    builds = (f"build {number}" for number, _ in enumerate(made.digests, 1))
    rows = (("image", *made.digests, ""), ("files", *made.trees, made.own))
    by = f"{made.engine} {made.version}, {made.grade}"
    return (
        f"<h2>{escape(name(made))} by {escape(by)}</h2>\n"
        f'<p class="{kind}">{len(made.digests)} builds, {said}</p>\n'
        + _table(("digest of", *builds, "envc's own"), rows)
    )


def _difference(difference: Difference) -> str:
    return (
        f"<h3><code>{escape(difference.path)}</code></h3>\n"
        + "".join(_causes(difference))
        + f"<details><summary>{_places(difference.count)}</summary>\n<ul>\n"
        + "".join(f"<li><code>{escape(told(each))}</code></li>\n" for each in difference.details)
        + "</ul>\n</details>\n"
    )


def _places(count: int) -> str:
    return "1 place differs" if count == 1 else f"{count} places differ"


def _causes(difference: Difference) -> Iterator[str]:
    if not difference.causes:
        yield "<p>None of the known causes shows in it.</p>\n"
    for each in difference.causes:
        cause = BY_NAME[each.cause]
        yield (
            f"<p><strong>{escape(cause.name)}</strong>: {escape(cause.sentence)}<br>\n"
            f"<code>{escape(each.evidence)}</code><br>\nFix: {escape(cause.fix)}</p>\n"
        )


def _recorded(verdict: Verdict) -> str:
    if not verdict.recorded:
        return ""
    rows = ((each.kind, each.recorded, each.found) for each in verdict.recorded)
    return _table(("image", "recorded in the lock", "came out"), rows)


def _worlds(verdict: Verdict) -> str:
    builds = (f"build {number}" for number, _ in enumerate(verdict.layers, 1))
    fixed = "".join(
        f"<p>Not varied: {escape(each.what)}, since {escape(each.why)}</p>\n"
        for each in verdict.fixed
    )
    rows = ((each.what, *each.values) for each in verdict.varied)
    return _table(("varied", *builds), rows) + fixed


def _judged(verdict: Verdict) -> str:
    if not verdict.diffoscope:
        return ""
    href = escape(verdict.diffoscope.rpartition("/")[2], quote=True)
    return f'<p><a href="{href}">What diffoscope says</a></p>\n'


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    first = "".join(f"<th>{escape(each)}</th>" for each in head)
    body = "".join(
        f"<tr>{''.join(f'<td><code>{escape(each)}</code></td>' for each in row)}</tr>\n"
        for row in rows
    )
    return f"<table>\n<tr>{first}</tr>\n{body}</table>\n"
