"""Libraries that only some need, installed as extras of pyproject.toml; what is told where one isn't there."""


def not_installed(extra: str, what: str) -> str:
    """Said to whoever asks for something that needs an extra. what: the thing that needs it, as the sentence's subject."""
    return (
        f"{what} kräver tillägget {extra}, som inte är installerat. "
        f'Installera det med «uv sync --extra {extra}» eller «pip install "namndrapport[{extra}]"», och kör igen.'
    )
