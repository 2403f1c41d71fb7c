"""How much is tried: enough for every change (`make test`), or what takes long by nature (`make nightly`)."""

import os

NIGHTLY = "NIGHTLY" in os.environ


def many(ordinary: int, nightly: int) -> int:
    """How many cases to try: kills, examples, pages broken at random."""
    return nightly if NIGHTLY else ordinary
