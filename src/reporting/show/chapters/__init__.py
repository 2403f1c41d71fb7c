"""One module per chapter: the tables and charts that the chapter's notebook calls."""
