"""Every page checked in a browser before anyone reads it."""
