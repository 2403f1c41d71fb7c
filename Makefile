# Nämndrapport. `make` alone shows what there is.
PYTHON ?= python3
RUN := .venv/bin/
EXEMPEL := examples/exempelkommun

.DEFAULT_GOAL := help
.PHONY: help run check test lab clean

help: ## Show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/ready ## Make Luleå 2024-12 and Exempelkommun's delår 2025-08, and say where the pages lie
	@$(RUN)reporting run 2024-12
	@$(RUN)reporting run 2025-08 --root $(EXEMPEL)
	@echo
	@echo "Luleå, årsuppföljning 2024:    $(CURDIR)/outputs/2024-12/socialnamnden/rapport.html"
	@echo "Exempelkommun, augusti 2025:   $(CURDIR)/$(EXEMPEL)/outputs/2025-08/kommun/rapport.html"

check: .venv/ready ## Show every fault in params and data
	@$(RUN)reporting check
	@$(RUN)reporting check --root $(EXEMPEL)

test: .venv/ready ## Lint, check types, run all tests
	@$(RUN)ruff format --check .
	@$(RUN)ruff check .
	@$(RUN)mypy
	@$(RUN)pytest

lab: .venv/ready ## Open the chapters in JupyterLab
	@$(RUN)jupyter lab notebooks/02-maluppfoljning.ipynb

clean: ## Remove what can be made again
	@rm -rf outputs/2* $(EXEMPEL)/outputs .pytest_cache .mypy_cache .ruff_cache .hypothesis

# uv if it is there, else uv in the project's own .venv. --inexact, so that a uv that lives there stays.
.venv/ready: pyproject.toml uv.lock
	@if command -v uv >/dev/null 2>&1; then uv sync --locked --inexact --quiet; \
	else $(PYTHON) -m venv --upgrade-deps .venv && .venv/bin/python -m pip install --quiet uv && \
	VIRTUAL_ENV="$(CURDIR)/.venv" .venv/bin/uv sync --locked --inexact --quiet --python .venv/bin/python; fi
	@touch .venv/ready
