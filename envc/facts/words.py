"""Which known words a mistyped one may have meant."""

from collections.abc import Iterable


def close(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The nearest names first, none that is far; the order of `known` does not matter."""
    wanted = _folded(word)
    if not wanted:
        return []
    names = set(known) - {word}
    found = _near(wanted, names)
    if not found:
        found = _longer(wanted, names)
    return [name for *_, name in sorted(found)[:limit]]


def listed(words: Iterable[str], between: str = "or") -> str:
    """``"`a`, `b` or `c`"``: how messages name alternatives."""
    *first, last = (f"`{word}`" for word in words)
    return f"{', '.join(first)} {between} {last}" if first else last


def one_of(words: list[str]) -> str | None:
    """A suggestion is safe to apply only when there is no second one."""
    return words[0] if len(words) == 1 else None


def distance(left: str, right: str, most: int) -> int:
    """Letters added, dropped, changed or swapped with their neighbour; `most` + 1 if more."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        # A swap reaches back two rows, so both must be out of reach.
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


Ranked = tuple[int, bool, str]


def _near(wanted: str, names: Iterable[str]) -> list[Ranked]:
    most = _reach(len(wanted))
    shortest, longest = len(wanted) - most, len(wanted) + most
    letters = frozenset(wanted)
    found: list[Ranked] = []
    for name in names:
        # Tens of thousands of names pass here: the cheap tests come first.
        if not shortest <= len(name) <= longest:
            continue
        folded = _folded(name)
        if len(letters.difference(folded)) > most or len(set(folded) - letters) > most:
            continue
        far = distance(wanted, folded, most)
        if far <= most:
            # People rarely mistype the first letter.
            found.append((far, folded[:1] != wanted[0], name))
    # Beside a near name a farther one is noise.
    best = min((far for far, *_ in found), default=0)
    return [ranked for ranked in found if ranked[0] <= 2 * best]


def _longer(wanted: str, names: Iterable[str]) -> list[Ranked]:
    """Names that begin with the word, or have it between dashes: sapphire, numpy."""
    if len(wanted) < 4:
        return []
    return [
        (len(name), not folded.startswith(wanted), name)
        for name in names
        if (folded := _folded(name)).startswith(wanted) or f"-{wanted}-" in f"-{folded}-"
    ]


def _reach(length: int) -> int:
    return min((length + 1) // 4, 3)


def _folded(word: str) -> str:
    return word.lower().replace("_", "-")
