"""Nämndrapport: a nämnd's plan, outcome workbooks and texts into an analysed follow-up. The flow is in README.md."""
