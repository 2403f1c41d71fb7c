"""A root of an earlier version brought up to this one: what its files and notebooks need, shown and then made."""
