"""Every page opened in a browser: checked before anyone reads it, and printed."""
