"""Work in background threads: an error is printed, and does not end the thread, which later work needs."""

import sys
import traceback
from contextlib import contextmanager


@contextmanager
def surviving(what: str):
    try:
        yield
    except Exception:
        print(f"Failed in the emulator: {what}\n{traceback.format_exc()}", file=sys.stderr, flush=True)
