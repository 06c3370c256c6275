"""What schedulers are called in a sentence."""

from envc.vocabulary import SCHEDULERS


def title(scheduler: str) -> str:
    return "this machine" if scheduler == "local" else SCHEDULERS[scheduler]
