"""Imported before nbformat: leaves out what takes longest of all that papermill and nbconvert import, and that nobody uses.

jsonschema can check that a text is a web address of some kind, where rfc3987-syntax is installed (JupyterLab installs it), and builds
a grammar for it at import: 0.7 of papermill's 1.4 s. A notebook's schema asks for no such check.
"""

import sys

if "jsonschema" not in sys.modules:
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # None is how Python is told that there is none
