"""The computer that this runs on: whose it is and whether a process on it lives, as a lock says of its holder; what isn't installed."""

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


def not_installed(extra: str, what: str) -> str:
    """Said to whoever asks for something that needs an extra. what: the thing that needs it, as the sentence's subject."""
    return (
        f"{what} kräver tillägget {extra}, som inte är installerat. "
        f'Installera det med «uv sync --extra {extra}» eller «pip install "namndrapport[{extra}]"», och kör igen.'
    )
