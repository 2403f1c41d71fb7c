# Nämndrapport. `make` alone shows what there is.
PYTHON ?= python3
RUN := .venv/bin/
EXEMPEL := examples/exempelkommun
LULEA := 2017-12 2023-04 2023-08 2024-12
PERIODER := 2023-12 2024-04 2024-08 2024-12 2025-04 2025-08

.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE # pytest keeps its rewritten tests: half of its start
.PHONY: help run check lint quick test nightly bench lab clean

help: ## Show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/base ## Make every period of Luleå and of Exempelkommun, and say where the pages lie
	@$(RUN)reporting run --all
	@$(RUN)reporting run --all --root $(EXEMPEL)
	@echo
	@echo "Luleå, årsuppföljning 2024:    $(CURDIR)/outputs/2024-12/socialnamnden/rapport.html"
	@echo "Luleå, verksamhetsplan 2023:   $(CURDIR)/outputs/2023-08/socialnamnden/verksamhetsplan/rapport.html"
	@echo "Exempelkommun, augusti 2025:   $(CURDIR)/$(EXEMPEL)/outputs/2025-08/kommun/rapport.html"

check: .venv/base ## Show every fault in params and data
	@set -e; for period in $(LULEA); do $(RUN)reporting check $$period; done
	@set -e; for period in $(PERIODER); do $(RUN)reporting check $$period --root $(EXEMPEL); done

lint: .venv/ready
	@$(RUN)ruff format --check .
	@$(RUN)ruff check .
	@$(RUN)mypy

quick: lint ## Lint, check types, run the tests that need no browser, office program, server or process of their own
	@$(RUN)pytest -m "not (browser or office or server or process or kills or whole)"

test: lint ## Lint, check types, run all tests but those for the night
	@$(RUN)pytest

nightly: lint ## All tests, with hundreds of kills, thousands of odd cells, and axe on every page
	@NIGHTLY=1 $(RUN)pytest

bench: .venv/ready ## Time the batch, the check and the publishing beside the ordinary ways of doing the same
	@$(RUN)python benchmarks/batch.py
	@$(RUN)python benchmarks/check.py
	@$(RUN)python benchmarks/delivery.py
	@$(RUN)python benchmarks/publish.py

lab: .venv/base ## Open the chapters in JupyterLab
	@$(RUN)jupyter lab notebooks/02-maluppfoljning.ipynb

clean: ## Remove what can be made again
	@rm -rf outputs/2* outputs/webbplats outputs/.webbplats outputs/andringar.html $(EXEMPEL)/outputs .pytest_cache .mypy_cache .ruff_cache .hypothesis

# base: what the program needs; ready: its extras too, and what it is tested with.
.venv/base: WITH := --no-dev
.venv/ready: WITH := --all-extras
# uv if it is there, else uv in the project's own .venv. --inexact, so that a uv that lives there stays, and base takes nothing away.
.venv/base .venv/ready: pyproject.toml uv.lock
	@if command -v uv >/dev/null 2>&1; then uv sync $(WITH) --locked --inexact --quiet --compile-bytecode; \
	else $(PYTHON) -m venv --upgrade-deps .venv && .venv/bin/python -m pip install --quiet uv && \
	VIRTUAL_ENV="$(CURDIR)/.venv" .venv/bin/uv sync $(WITH) --locked --inexact --quiet --compile-bytecode --python .venv/bin/python; fi
	@touch .venv/base $@
