"""What people get to fill in: a workbook per verksamhetsområde, texter.md with its questions, the next period's files."""
