# Every target makes what it needs; nothing but Python 3.11 or newer must be there.
SHELL := /bin/bash
# The first that runs and is new enough: a name on the path may be an empty shim.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
HOSTED := $(BIN)/python -m
CATALOGUES := $(shell find src/spean -name '*.po' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix browser guard bench docs demo assets messages pins clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | column -t -s '|'

# --- the environment ---

$(BIN)/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Spean needs Python 3.11 or newer. Name it so: make PYTHON=/path/to/python3.11 run" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "This Python cannot make an environment (on Debian: apt install python3-venv)." >&2; exit 1; }

# uv installs in seconds; where it cannot be had, pip does the same work more slowly. Bytecode is
# compiled once here (as pip does), so that every command starts quickly from the first time on.
define install
	@$(BIN)/pip install --quiet --disable-pip-version-check uv 2>/dev/null || true
	@if $(BIN)/uv --version >/dev/null 2>&1 && \
	    $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(1); then :; \
	 else $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

$(VENV)/.run: requirements/run.txt requirements/run.in pyproject.toml | $(BIN)/python
	@echo "Installing what Spean runs on …"
	$(call install,requirements/run.txt)
	@touch $@

$(VENV)/.dev: requirements/dev.txt requirements/dev.in $(VENV)/.run
	@echo "Installing what checks it …"
	$(call install,requirements/dev.txt)
	@touch $@

$(VENV)/.catalogues: $(CATALOGUES) $(VENV)/.run
	@$(BIN)/python tools/messages.py compile
	@touch $@

setup: $(VENV)/.run $(VENV)/.catalogues ## make the environment

# --- running ---

run: setup ## serve http://127.0.0.1:8000 (first with the demo caseload, if the database is empty)
	@$(BIN)/spean agency list --json | grep -q '"code"' || $(BIN)/spean demo
	@exec $(BIN)/spean serve

demo: setup ## make the demo caseload anew
	@$(BIN)/spean demo --reset

bench: setup ## run the committed benchmarks
	@for name in statement intake; do $(BIN)/spean bench $$name --json || exit 1; done

# --- checking ---

ready: $(VENV)/.dev $(VENV)/.catalogues
.PHONY: ready

test: ready ## everything that needs nothing but Python
	@$(HOSTED) pytest -m "not browser and not postgres and not drill" -n auto -q

browser: ready ## the pages under a real browser (needs chromium)
	@$(HOSTED) pytest -m browser -q

guard: ready ## each promise of the guard, and the test that shows it
	@$(BIN)/python tools/guard.py

check: ready ## lint, types, rooms, templates, migrations, reference pages, Khmer
	$(HOSTED) ruff check .
	$(HOSTED) ruff format --check .
	$(HOSTED) mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint --quiet src
	SPEAN_HOME=$$(mktemp -d) $(BIN)/python manage.py makemigrations --check --dry-run
	SPEAN_HOME=$$(mktemp -d) $(BIN)/python tools/reference.py --check
	$(BIN)/python tools/messages.py check

fix: ready ## mend what can be mended without thinking
	-$(HOSTED) ruff check --fix .
	$(HOSTED) ruff format .
	-$(BIN)/djlint --reformat --quiet src

# --- making what is committed ---

docs: ready ## write docs/reference from the code
	SPEAN_HOME=$$(mktemp -d) $(BIN)/python tools/reference.py

messages: ready ## collect every string that a person reads
	$(BIN)/python tools/messages.py update
	$(BIN)/python tools/messages.py compile

assets: ready ## compile stylesheets and copy fonts (needs npm)
	npm ci --no-audit --no-fund
	$(BIN)/python tools/assets.py

pins: ready ## resolve requirements/*.in anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  requirements/dev.in -o requirements/dev.txt

clean: ## take away what was made; the data in var/ stays
	rm -rf $(VENV) build dist node_modules src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
