"""Names that others give out: DOIs, ORCIDs, addresses and dates."""

import re
from typing import TYPE_CHECKING

from envc.facts.problem import Problem
from envc.facts.words import close, listed, one_of

if TYPE_CHECKING:
    from datetime import date

SCHEMES = ("https", "http", "ftp", "ftps", "sftp", "git", "git+ssh", "ssh", "rsync")

_DOI = r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f]+"
_DOI_SITE = r"(?i:(?:https?://)?(?:dx\.|www\.)?doi\.org/|(?:doi|urn:doi):? ?)"
_ORCID_SITE = r"(?i:(?:https?://)?(?:www\.)?orcid\.org/)"
_EMAIL = r"[^\s@<>(),;:\"\x00-\x1f\x7f]+@[^\s@<>(),;:\"\x00-\x1f\x7f.]+(?:\.[^\s@<>(),;:\".]+)+"


def doi(text: str) -> str | Problem:
    """doi = "10." registrant "/" name"""
    if re.fullmatch(_DOI, text):
        return text
    if found := re.fullmatch(rf"{_DOI_SITE}({_DOI})", text):
        return _write("this DOI has a prefix", found[1])
    if re.fullmatch("10[./].*", text):
        return Problem(f"`{text}` is not a whole DOI", "a DOI looks like `10.1000/name`")
    return Problem(f"`{text}` is not a DOI", "a DOI looks like `10.1000/name`")


def orcid(text: str) -> str | Problem:
    """
    orcid = "orcid:"? digit{4} "-" digit{4} "-" digit{4} "-" digit{3} (digit | "X")

    The value is without the prefix; a suggestion has it where the text has any.
    """
    prefix = "orcid:" if re.match(rf"(?i:orcid:)|{_ORCID_SITE}", text) else ""
    bare = re.sub(rf"^(?:(?i:orcid:) ?|{_ORCID_SITE})", "", text).rstrip("/")
    digits = re.sub("[- ]", "", bare).upper()
    if not re.fullmatch("[0-9]{15}[0-9X]", digits):
        return Problem(f"`{text}` is not an ORCID", "an ORCID looks like `0000-0002-1825-0097`")
    check = _check_digit(digits[:-1])
    if check != digits[-1]:
        message = f"the last digit of this ORCID is {digits[-1]}, and the others make it {check}"
        return Problem(message, "compare it with the author's page")
    name = "-".join(re.findall("....", digits))
    if text not in {name, f"orcid:{name}"}:
        return _write("this ORCID is written unusually", prefix + name)
    return name


def email(text: str) -> str | Problem:
    """email = name "@" host"""
    if re.fullmatch(_EMAIL, text):
        return text
    message = f"`{text}` is not an e-mail address"
    if found := re.fullmatch(rf"(?:mailto:|[^<>@]*<)?({_EMAIL})>?", text):
        return _write(message, found[1])
    spelled = re.sub(r" *[\[(<]at[\])>] *| at ", "@", text)
    spelled = re.sub(r" *[\[(<]dot[\])>] *| dot ", ".", spelled)
    return _write(message, spelled) if re.fullmatch(_EMAIL, spelled) else Problem(message)


def url(text: str) -> str | Problem:
    """url = scheme "://" host ("/" path)?"""
    if odd := re.search(r"[\s\x00-\x1f\x7f<>\"\\^`{}|]", text):
        return _odd_letter(text, odd[0])
    scheme, rest = _scheme(text)
    if scheme not in SCHEMES:
        return _no_scheme(text, scheme, rest)
    host = re.split("[/?#]", rest, maxsplit=1)[0]
    login, _, place = host.rpartition("@")
    if ":" in login:
        return Problem("this URL holds a password", "keep secrets out of specs")
    if not re.fullmatch(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:@\[\]]+)(?::[0-9]{1,5})?", place):
        return Problem(f"`{text}` names no host")
    return text


def iso_date(text: str) -> "date | Problem":
    """date = year "-" month "-" day"""
    from datetime import date

    year_first = r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})"
    if found := re.fullmatch(year_first, text, re.ASCII):
        year, month, day = found[1], found[3], found[4]
    elif found := re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})", text):
        year, month, day = found[4], found[3], found[1]
        if int(month) > 12:
            month, day = day, month
        elif int(day) <= 12 and day != month:
            return Problem(f"`{text}` is two dates, by who reads it", "write year-month-day")
    else:
        return Problem(f"`{text}` is not a date", "a date looks like `2026-10-05`")
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        return Problem(f"`{text}` is not in the calendar")
    return read if text == str(read) else _write(f"`{text}` is not an ISO date", str(read))


def _check_digit(digits: str) -> str:
    """ISO 7064, mod 11-2."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def _scheme(text: str) -> tuple[str, str]:
    scheme, colon, rest = text.partition("://")
    return (scheme, rest) if colon else ("", text)


def _no_scheme(text: str, scheme: str, rest: str) -> Problem:
    if found := re.fullmatch(r"([\w.-]+@[\w.-]+):(?!/)(.+)", text):
        return _meant("this is how ssh names a file, not a URL", f"ssh://{found[1]}/{found[2]}")
    if not scheme:
        return Problem(f"`{text}` has no scheme", "begin with `https://`")
    near = close(scheme, SCHEMES)
    if scheme.lower() in SCHEMES:
        near = [scheme.lower()]
    message = f"`{scheme}` is not a scheme that sources are fetched by"
    if only := one_of(near):
        return _meant(message, f"{only}://{rest}")
    return Problem(message, f"write {listed(near or SCHEMES)}")


def _odd_letter(text: str, letter: str) -> Problem:
    if text.strip() != text:
        return _meant("this URL has blanks around it", text.strip())
    shown = {" ": "a blank", "\t": "a tab", "`": "a backtick"}.get(letter)
    if shown is None:
        shown = f"`{letter}`" if letter.isprintable() else f"the character U+{ord(letter):04X}"
    code = "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))
    return Problem(f"this URL has {shown} in it", f"write `{code}` for the character itself")


def _meant(message: str, meant: str) -> Problem:
    """Only what is itself a URL is worth suggesting."""
    right = isinstance(url(meant), str)
    return _write(message, meant) if right else Problem(message)


def _write(message: str, meant: str) -> Problem:
    return Problem(message, f"write `{meant}`", meant)
