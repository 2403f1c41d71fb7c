"""Which chapters are made again, where, and how they are kept; the page of a nämnd; how far each has come."""
