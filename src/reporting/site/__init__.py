"""The site of all periods: its pages, its search, its pdfs, what can be downloaded, and what differs from the last one."""
