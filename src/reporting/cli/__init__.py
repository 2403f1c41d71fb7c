"""The commands. No logic: each asks the rooms and says what came out."""
