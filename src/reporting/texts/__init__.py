"""People's text read: texter.md with its sections, Markdown, and tables pasted from Word or Excel."""
