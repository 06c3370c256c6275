"""By what a cause is recognised: each of these looks at one detail and says what shows it, or None.

Two sides are needed: a path or a date that stands in both is no difference.
"""

import re

from envc.plan.model import BUILD, SOURCES
from envc.verify import times
from envc.verify.case import Case, World, shown, where
from envc.verify.difference import Detail, What
from envc.verify.kinds.archive import OBJECT

_LTO = b".gnu.lto_"
_COVERAGE = re.compile(rb"[^\s\0]*\.gc(?:da|no)\b")
_TEMPORARY = re.compile(
    rb"/tmp/[\w.-]+|\b(?:cc|tmp\.?)[A-Za-z0-9]{6}(?:[A-Za-z0-9]{2,4})?(?:\.\w+)?\b"
)
_UUID = re.compile(rb"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ADDRESS = re.compile(rb"\b0x[0-9a-f]{7,16}\b")
_PROCESS = re.compile(rb"\b(?:pid|PID|process)\W{0,3}\d+\b")
_NUMBER = re.compile(rb"\d+")
_NATIVE = re.compile(r"=native\b|-xHost\b")
_OPTION = re.compile(rb"-m(?:arch|cpu|tune)=[\w.+-]+|--param[ =]l[12]-cache-\w+=\d+")
_RIGHTS = 0o777


# ---- rights and owners ---------------------------------------------------------------------------


def umask(detail: Detail, case: Case) -> str | None:
    if detail.what is not What.MODE or _of_object(detail):
        return None
    try:
        one, other = int(detail.one, 8), int(detail.other, 8)
    except ValueError:
        return None
    masks = [~world.conditions.umask for world in (case.one, case.other)]
    if one & masks[1] == other & masks[0] and one != other:
        return f"{shown(detail.one)} and {shown(detail.other)}: what each umask leaves"
    return None


# ---- times ---------------------------------------------------------------------------------------


def compiled_date(detail: Detail, case: Case) -> str | None:
    if not _in_section(detail) or detail.what is not What.TEXT:
        return None
    one, other = times.as_compiled(detail.one), times.as_compiled(detail.other)
    if not (one and other) or one == other:
        return None
    if len(one) == 8 or (times.of(case.one, one) and times.of(case.other, other)):
        return f"`{shown(one)}` and `{shown(other)}` in {where(detail)}"
    return None


def gzip_time(detail: Detail, _: Case) -> str | None:
    return _time(detail) if detail.places[-1:] == ("gzip header",) else None


def object_header(detail: Detail, _: Case) -> str | None:
    """Of an archive of objects."""
    if _of_object(detail) and detail.what in (What.TIME, What.OWNER, What.MODE):
        return f"{detail.what} {shown(detail.one)} and {shown(detail.other)} of {detail.places[-1]}"
    return None


def member_time(detail: Detail, _: Case) -> str | None:
    return _time(detail) if detail.places[-1:] and _is_member(detail.places[-1]) else None


def source_time(detail: Detail, _: Case) -> str | None:
    """In the header of a compiled module of Python."""
    return _time(detail)


def clock(detail: Detail, case: Case) -> str | None:
    one, other = times.of(case.one, detail.one), times.of(case.other, detail.other)
    if one and other and one != other:
        return f"`{shown(one)}` and `{shown(other)}` in {where(detail)}"
    if detail.what is What.BYTES:
        if times.packed(case.one, detail.one) and times.packed(case.other, detail.other):
            return f"the moments of both builds in {where(detail)}"
        return None
    if detail.one != detail.other and times.without_hours(detail.one) == times.without_hours(
        detail.other
    ):
        return f"`{shown(detail.one)}` and `{shown(detail.other)}` in {where(detail)}"
    return None


def _time(detail: Detail) -> str | None:
    if detail.what is not What.TIME:
        return None
    return f"{shown(detail.one)} and {shown(detail.other)} in {where(detail)}"


# ---- paths and names -----------------------------------------------------------------------------


def coverage(detail: Detail, case: Case) -> str | None:
    one, other = _COVERAGE.search(detail.one), _COVERAGE.search(detail.other)
    if one and other and one[0] != other[0] and path(detail, case):
        return f"`{shown(one[0])}` in {where(detail)}"
    return None


def path(detail: Detail, case: Case) -> str | None:
    """Also where a table of folders puts it into two words."""
    left, right = case.one.conditions.prefix, case.other.conditions.prefix
    for folder in (SOURCES, BUILD):
        for text, here in ((detail.other, right), (detail.one, left)):
            whole = f"{here}{folder}".encode()
            if here and whole in text:
                return f"`{shown(_from(text, whole))}` in {where(detail)}"
    return None


def _from(text: bytes, start: bytes) -> bytes:
    return text[text.find(start) :].split()[0]


def host(detail: Detail, case: Case) -> str | None:
    return _named(detail, case.one.conditions.host, case.other.conditions.host)


def user(detail: Detail, case: Case) -> str | None:
    return _named(detail, case.one.conditions.user, case.other.conditions.user)


def _named(detail: Detail, one: str, other: str) -> str | None:
    if one != other and one.encode() in detail.one and other.encode() in detail.other:
        return f"`{one}` and `{other}` in {where(detail)}"
    return None


# ---- chance --------------------------------------------------------------------------------------


def lto(detail: Detail, _: Case) -> str | None:
    """In the names of sections; with a seed, where it was compiled is still in them."""
    if _LTO in detail.one or _LTO in detail.other:
        return f"`{shown(detail.one or detail.other)}` in {where(detail)}"
    if any(each.startswith(f"section {_LTO.decode()}") for each in detail.places):
        return f"{where(detail)} differs"
    return None


def temporary(detail: Detail, _: Case) -> str | None:
    return _both(_TEMPORARY, detail)


def uuid(detail: Detail, _: Case) -> str | None:
    return _both(_UUID, detail)


def address(detail: Detail, _: Case) -> str | None:
    return _both(_ADDRESS, detail)


def process(detail: Detail, _: Case) -> str | None:
    return _both(_PROCESS, detail)


def _both(form: "re.Pattern[bytes]", detail: Detail) -> str | None:
    """All that differs is a word of that form."""
    one, other = form.search(detail.one), form.search(detail.other)
    if not (one and other) or form.sub(b"", detail.one) != form.sub(b"", detail.other):
        return None
    return f"`{shown(one[0])}` and `{shown(other[0])}` in {where(detail)}"


# ---- language and machine ------------------------------------------------------------------------


def comma(detail: Detail, _: Case) -> str | None:
    if detail.what is not What.TEXT or b"," not in detail.other:
        return None
    if detail.one != detail.other and re.sub(rb"(?<=\d),(?=\d)", b".", detail.other) == detail.one:
        return f"`{shown(detail.one)}` and `{shown(detail.other)}` in {where(detail)}"
    return None


def processors(detail: Detail, case: Case) -> str | None:
    """All that differs is a number, and it is how many there were."""
    if case.one.processors == case.other.processors or _but_for_numbers(detail):
        return None
    said = [set(_NUMBER.findall(each)) for each in (detail.one, detail.other)]
    left, right = (b"%d" % world.processors for world in (case.one, case.other))
    if (said[0] - said[1], said[1] - said[0]) == ({left}, {right}):
        return f"`{shown(detail.one)}` and `{shown(detail.other)}` in {where(detail)}"
    return None


def _but_for_numbers(detail: Detail) -> bool:
    """Whether more than numbers differs."""
    return _NUMBER.sub(b"", detail.one) != _NUMBER.sub(b"", detail.other)


def native(detail: Detail, case: Case) -> str | None:
    """A compiler was told to look at its machine; its code is another then."""
    call = next((each for each in case.compiled if _NATIVE.search(each)), None)
    if call is None or not (_in_code(detail) or _OPTION.search(detail.one)):
        return None
    word = next(each for each in call.split() if _NATIVE.search(each))
    beyond = f"; {case.beyond}" if case.beyond else ""
    return f"a compiler was called with `{word}`, and {where(detail)} differs{beyond}"


def cpu(detail: Detail, case: Case) -> str | None:
    if case.beyond and _in_code(detail):
        return f"{where(detail)} differs; {case.beyond}"
    one, other = _OPTION.search(detail.one), _OPTION.search(detail.other)
    if one and other and one[0] != other[0]:
        return f"`{shown(one[0])}` and `{shown(other[0])}` in {where(detail)}"
    return _about_cpu(detail, case.other)


def _about_cpu(detail: Detail, other: World) -> str | None:
    name = other.conditions.cpu
    if name and name.lower().encode() in detail.other.lower():
        return f"`{shown(detail.other)}` in {where(detail)}"
    return None


# ---- places --------------------------------------------------------------------------------------


def _in_section(detail: Detail) -> bool:
    return any(each.startswith("section ") for each in detail.places)


def _in_code(detail: Detail) -> bool:
    return any(each.startswith("section .text") for each in detail.places)


def _of_object(detail: Detail) -> bool:
    return detail.places[-1:] != () and detail.places[-1].startswith(f"{OBJECT} ")


def _is_member(place: str) -> bool:
    return place.startswith("member ")
