"""Notebooks run in processes that are warm from the start: papermill's engine, and what it takes to keep it safe."""
