"""`python -m envc` is `envc`."""

import sys

from envc.cli import main

sys.exit(main())
