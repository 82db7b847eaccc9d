"""`python -m regstatus` is `regstatus`."""

import sys

from regstatus.cli import main

sys.exit(main())
