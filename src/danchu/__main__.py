"""``python -m danchu``: the same as the ``danchu`` command."""

from __future__ import annotations

import sys

from danchu.cli import main

sys.exit(main())
