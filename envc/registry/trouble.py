"""What ends a talk with a registry."""

from envc.facts.problem import Problem


class RegistryError(Exception):
    """Raised within this folder alone; whoever calls from outside gets the problem as a value."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
