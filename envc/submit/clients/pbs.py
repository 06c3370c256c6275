"""What PBS Professional and Torque have in common: numbers with a server's name, and exit codes."""

from collections.abc import Iterable

from envc.submit.model import Names, Order, Report, State, Words

NUMBER = r"^(\d+(?:\[\])?(?:\.[\w.-]+)?)$"
"""`12.server`, of an array `12[].server`."""
SIGNALS = 256
"""And the number of the signal, for a program that one has ended."""
UNKNOWN = "Unknown Job"
STATES = {
    **dict.fromkeys("QHWTM", State.WAITING),
    **dict.fromkeys("RBESU", State.RUNNING),
}


def handed_in(order: Order, before: Iterable[str]) -> Words:
    waiting = ",".join(before)
    depend = ("-W", f"depend={waiting}") if waiting else ()
    return ("qsub", "-N", order.id, *depend, order.file)


def ended(status: int, late: int) -> Report:
    """`late` stands for a job whose time was up."""
    if status == late:
        return Report(State.TIMED_OUT)
    if status < 0:
        return Report(State.FAILED, None, f"PBS ended it with {status}")
    code = 128 + status - SIGNALS if status > SIGNALS else status
    return Report(State.FAILED, code) if code else Report(State.DONE)


def outputs(names: Names) -> Words:
    return (f"{names.id}.[oe]*",)
