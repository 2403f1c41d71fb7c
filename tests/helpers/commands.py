"""The command as an analyst runs it, and one cell of a workbook changed."""

import subprocess
import sys
from pathlib import Path

import openpyxl


def reporting(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as an analyst runs it; Python's own warnings would be errors."""
    command = [sys.executable, "-W", "error", "-m", "reporting", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def put(path: Path, sheet: str, ref: str, value: str) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][ref] = value
    book.save(path)
