"""A report as one JSON document, for programs: docs/envc-verify.schema.json."""

from typing import Any

from envc.verify.case import shown
from envc.verify.causes import BY_NAME
from envc.verify.difference import Detail, Difference
from envc.verify.report import ByEngine, Report, Verdict

SCHEMA = 1
_EXCERPT = 200


def document(report: Report) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "spec": report.spec,
        "good": report.is_good,
        "signed": list(report.signed),
        "images": [_verdict(each) for each in report.verdicts],
        "engines": [_by_engine(each) for each in report.engines],
    }


def _by_engine(made: ByEngine) -> dict[str, Any]:
    return {
        "app": made.app,
        "target": made.target,
        "choices": list(made.choices),
        "closure": made.closure,
        "engine": made.engine,
        "version": made.version,
        "grade": made.grade,
        "same": made.is_same,
        "digests": list(made.digests),
        "trees": list(made.trees),
        "own_tree": made.own,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "app": verdict.app,
        "target": verdict.target,
        "choices": list(verdict.choices),
        "closure": verdict.closure,
        "protected": verdict.protected,
        "same": verdict.is_same,
        "builds": [list(each) for each in verdict.layers],
        "varied": {each.what: list(each.values) for each in verdict.varied},
        "not_varied": {each.what: each.why for each in verdict.fixed},
        "recorded": [each._asdict() for each in verdict.recorded],
        "count": verdict.count,
        "files": [_difference(each) for each in verdict.differences],
        "diffoscope": verdict.diffoscope,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "path": difference.path,
        "causes": [
            {
                "cause": each.cause,
                "evidence": each.evidence,
                "sentence": BY_NAME[each.cause].sentence,
                "fix": BY_NAME[each.cause].fix,
            }
            for each in difference.causes
        ],
        "count": difference.count,
        "details": [_detail(each) for each in difference.details],
    }


def _detail(detail: Detail) -> dict[str, Any]:
    return {
        "what": str(detail.what),
        "places": list(detail.places),
        "offset": detail.offset,
        "one": shown(detail.one, _EXCERPT),
        "other": shown(detail.other, _EXCERPT),
    }
