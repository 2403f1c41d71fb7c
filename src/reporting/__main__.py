"""`python -m reporting`: the same as the command `reporting`."""

from reporting.cli import main

main()
