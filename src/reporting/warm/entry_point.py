"""A papermill engine that runs a notebook in a warm process: `papermill --engine reporting-warm in.ipynb out.ipynb`.

papermill finds it by its entry point, while it is itself being imported; so what imports papermill is imported here when it is needed.
"""

from typing import Any

from nbformat import NotebookNode


class WarmEngine:
    """What papermill asks of an engine. What it does is in papermill_engine."""

    @staticmethod
    def execute_notebook(notebook: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        """Run a notebook's cells. The options are papermill's, and those of papermill_engine.Managed."""
        from reporting.warm.papermill_engine import Managed

        executed: NotebookNode = Managed.execute_notebook(notebook, kernel_name, **options)
        return executed

    @staticmethod
    def nb_kernel_name(notebook: NotebookNode, name: str | None = None) -> str:
        """The name of the notebook's kernel."""
        from reporting.warm.papermill_engine import Managed

        found: str = Managed.nb_kernel_name(notebook, name)
        return found

    @staticmethod
    def nb_language(notebook: NotebookNode, language: str | None = None) -> str:
        """The notebook's language."""
        from reporting.warm.papermill_engine import Managed

        found: str = Managed.nb_language(notebook, language)
        return found
