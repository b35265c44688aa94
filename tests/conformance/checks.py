"""One line for each check, as `run` counts them: `ok - name` or `not ok - name`."""

import os
import sys
import time

BASE = os.environ["CHECK_BASE"]
"""Where the service and the sandbox answer."""

PUBLIC_URL = os.environ["CHECK_PUBLIC_URL"]
"""Where the gateway believes the service to be: what it signs."""

ACCOUNT_SID = os.environ["CHECK_ACCOUNT_SID"]
AUTH_USER = os.environ["CHECK_AUTH_USER"]
AUTH_PASSWORD = os.environ["CHECK_AUTH_PASSWORD"]
SIGNATURE_KEY = os.environ["CHECK_SIGNATURE_KEY"]
LINE = os.environ["CHECK_LINE"]

_failed = False


def check(name, seen, expected):
    """Compares and tells."""
    global _failed
    if seen == expected:
        print(f"ok - {name}", flush=True)
    else:
        _failed = True
        print(f"not ok - {name}: {seen!r}, not {expected!r}", flush=True)


def until(look, seconds=10):
    """Asks again until the answer is true, and returns the last one."""
    end = time.monotonic() + seconds
    while not (answer := look()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer


def finish():
    """Exits with whether all was well."""
    sys.exit(1 if _failed else 0)
