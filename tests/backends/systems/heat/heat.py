import subprocess
import sys

import six  # type: ignore[import-untyped]


def main() -> None:
    programs = ("plates", "waves", "rods")
    said = [subprocess.run([each], capture_output=True, check=True).stdout for each in programs]
    sys.stdout.write(" and ".join(six.ensure_str(each).split()[0] for each in said))
    sys.stdout.write("".join(f", {word}" for word in sys.argv[1:]) + "\n")
