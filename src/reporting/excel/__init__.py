"""A spreadsheet or a csv file from outside, opened safely: its parts looked over, its cells as values."""
