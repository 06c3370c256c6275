"""Where jobs are handed in: this machine, or one that ssh reaches. What starts programs is here."""

import os
import secrets
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from envc.facts.problem import Problem
from envc.quoting import sh
from envc.submit.asking import answers, asked
from envc.submit.model import Answer, Words

PATIENCE = 30
"""Seconds that a scheduler has for an answer."""
CONNECTING = 15
"""Seconds that ssh has to reach a machine."""
BRINGING = 3600
"""Seconds that files have for their way."""
_SSH_FAILED = 255


@dataclass(frozen=True, slots=True)
class Place:
    login: str
    """As ssh takes it; empty for this machine."""

    @property
    def title(self) -> str:
        return f"`{self.login}`" if self.login else "this machine"

    def ask(
        self, questions: Sequence[Words], patience: int = PATIENCE
    ) -> tuple[Answer, ...] | Problem:
        """Each is started in the home folder, in the environment of a login."""
        asking = asked(questions, patience, secrets.token_hex(8))
        # A login's shell may be any: it is told no more than to become this one.
        words = ("exec", "sh", "-l") if self.login else ("sh",)
        with TemporaryFile() as script:
            script.write(asking.script.encode())
            script.seek(0)
            done = self._started(words, script, (patience + 10) * (len(questions) + 1))
        if isinstance(done, Problem):
            return done
        found = answers(asking, done.stdout)
        return self._said(done) if isinstance(found, Problem) else found

    def bring(self, words: Words, content: IO[bytes]) -> Problem | None:
        """Starts a program in the home folder that reads the content."""
        done = self._started(words, content, BRINGING)
        if isinstance(done, Problem):
            return done
        return self._said(done) if done.returncode else None

    def _started(
        self, words: Words, content: IO[bytes], seconds: int
    ) -> "subprocess.CompletedProcess[bytes] | Problem":
        try:
            return subprocess.run(  # noqa: S603 - no shell of this machine reads it
                self._words(words),
                cwd=os.path.expanduser("~"),
                stdin=content,
                capture_output=True,
                check=False,
                timeout=seconds + (CONNECTING if self.login else 0),
            )
        except subprocess.TimeoutExpired:
            return Problem(f"{self.title} did not answer in time", "try again later")
        except FileNotFoundError as missing:
            return Problem(f"there is no `{missing.filename}` on this machine")

    def _words(self, words: Words) -> list[str]:
        if not self.login:
            return list(words)
        options = (
            "-T",
            "-oBatchMode=yes",
            f"-oConnectTimeout={CONNECTING}",
            "-oServerAliveInterval=15",
        )
        # There, a shell splits the words again.
        return ["ssh", *options, "--", self.login, sh.words(words)]

    def _said(self, done: "subprocess.CompletedProcess[bytes]") -> Problem:
        said = Answer(done.returncode, "", done.stderr.decode("utf-8", "replace")).reason
        if self.login and done.returncode == _SSH_FAILED:
            return Problem(
                f"ssh did not reach {self.title}: {said}",
                f"`ssh {self.login} true` has to work without a question",
            )
        return Problem(f"{self.title} did not do what it was asked: {said}")
