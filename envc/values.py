"""Frozen dataclasses that cost little at each start.

The standard library compiles six methods for each class, which takes half a millisecond, and a
short command takes in a hundred classes: that was a third of its time. Here one is compiled,
`__init__`; those that compare, hash, show, copy and refuse changes are the same for all. The rest
is as it is there: slots, `fields`, `replace`, patterns, and what type checkers know.
"""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - handed on
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        if not (frozen and slots):
            raise TypeError("a value is frozen and has slots")
        return _made


def _made(kind: type) -> type:
    # dataclasses would look for the signature of a class that does not say what it is.
    kind.__doc__ = kind.__doc__ or kind.__name__
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    for name, method in {"__init__": _init(made), **_SHARED}.items():
        if name not in kind.__dict__:
            setattr(made, name, method)
    return made


def _init(made: Any) -> Callable[..., None]:
    """Puts each fact where it belongs, past `__setattr__`, which refuses that."""
    known: dict[str, Any] = {}
    asked, puts = ["self"], []
    for field in dataclasses.fields(made):
        name = field.name
        has_default = field.default is not dataclasses.MISSING
        known |= {f"put_{name}": getattr(made, name).__set__, f"default_{name}": field.default}
        asked.append(f"{name}=default_{name}" if has_default else name)
        puts.append(f"put_{name}(self, {name})")
    code = f"def __init__({', '.join(asked)}): {'; '.join(puts) or 'pass'}"
    exec(code, known)  # noqa: S102 - made of the names of fields alone
    init: Callable[..., None] = known["__init__"]
    return init


# ---- what all of them share ----------------------------------------------------------------------


def _facts(value: Any) -> tuple[Any, ...]:
    return tuple([getattr(value, name) for name in value.__match_args__])


def _is_equal(self: Any, other: object) -> bool:
    return type(self) is type(other) and _facts(self) == _facts(other)


def _hash(self: Any) -> int:
    return hash(_facts(self))


def _show(self: Any) -> str:
    said = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({', '.join(said)})"


def _copy(self: Any) -> tuple[type, tuple[Any, ...]]:
    return type(self), _facts(self)


def _refuse(self: Any, name: str, *_: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change {name} of {type(self).__qualname__}")


_SHARED: dict[str, Callable[..., Any]] = {
    "__eq__": _is_equal,
    "__hash__": _hash,
    "__repr__": _show,
    "__reduce__": _copy,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
}
