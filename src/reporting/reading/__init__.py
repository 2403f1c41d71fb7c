"""What was delivered becomes typed values, or faults with file, sheet and cell."""
