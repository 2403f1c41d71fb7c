"""Whose computer this is, and whether a process on it lives: what a lock says of its holder, and how it is held against it later."""

import getpass


def user() -> str:
    """The name of whoever is logged in; "någon" where the system has no name for them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a name for its user
        return "någon"


def begun(pid: int) -> float | None:
    """When the process with this number began, in seconds since 1970 as the system counts them; None for one that has ended, 0 for
    somebody else's, of which that isn't told."""
    import psutil  # late: it takes long to import

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.AccessDenied:
        return 0.0
    except (psutil.Error, OverflowError, ValueError):
        return None
