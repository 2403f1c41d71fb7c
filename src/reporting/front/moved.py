"""What an analyst sees whose notebook asks for a part of the program that there no longer is: what to do, not our call stack."""

import sys
from importlib.machinery import ModuleSpec


class MovedError(ModuleNotFoundError):
    """A module that this version doesn't have. Jupyter shows the sentence, never a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class _Moved:
    """Asked last, when nobody else knows a module."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Nothing for the modules of others."""
        if not name.startswith("reporting."):
            return None
        raise MovedError(
            f"«{name}» finns inte i den här versionen av programmet. Kör reporting upgrade i en terminal: det visar vad som behöver "
            "ändras i anteckningsboken, och frågar innan det görs."
        )


def tell_of_moved_modules() -> None:
    """From now on, a module of the program that there isn't is told of in Swedish."""
    if _Moved not in sys.meta_path:
        sys.meta_path.append(_Moved)
