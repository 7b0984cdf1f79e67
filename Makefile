# One target for each habit. Each sets up .venv by itself; Python 3.11 or newer is all it needs.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
RUN := $(VENV)/bin/python
# One more than there are processors: many tests wait for a disk, a process or a timer.
JOBS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

.PHONY: study test coverage check bench faults fuzz simulate load screenshots format clean

study: $(VENV)/.app
	@$(RUN) -m sciaquiz

test: $(VENV)/.dev
	@$(RUN) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

coverage: $(VENV)/.dev
	@$(RUN) -m pytest -n $(JOBS) --cov --cov-report=term $(ARGS)

check: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ty check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(RUN) -m sciaquiz check decks/
	$(RUN) -m sciaquiz fmt --check decks/

bench: $(VENV)/.bench
	@$(RUN) -m bench $(ARGS)

faults: $(VENV)/.dev
	@$(RUN) -m bench.faults $(ARGS)

fuzz: $(VENV)/.dev
	@$(RUN) -m bench.fuzz $(ARGS)

simulate: $(VENV)/.dev
	@$(RUN) -m bench.simulate $(ARGS)

load: $(VENV)/.dev
	@$(RUN) -m bench.load $(ARGS)

screenshots: $(VENV)/.bench
	@$(RUN) -m bench.screenshots $(ARGS)

format: $(VENV)/.dev
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "sciaquiz needs Python 3.11 or newer; none was found."; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) (once) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.app: pyproject.toml | $(VENV)/bin/python
	@$(RUN) -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.app

$(VENV)/.bench: pyproject.toml | $(VENV)/bin/python
	@$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@ $(VENV)/.dev $(VENV)/.app
