"""The site delivered whole or not at all, kept, and taken back."""
