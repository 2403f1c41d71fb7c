"""`python -m reporting`: the same as the command `reporting`."""

from reporting.cli.app import main

main()
