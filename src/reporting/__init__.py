"""Nämndrapport."""
