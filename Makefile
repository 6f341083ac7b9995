# `make run` is all that a reader needs.
# Variables: PYTHON=python3.12; YES=1 for clean-data; ARGS="-k name" and JOBS=4 for test; SERVER=https://... for extension.

PYTHON ?= python3
# Two cores are half idle with two: tests of the whole service wait for its processes, browser tests for the browser.
JOBS ?= 3
VENV := .venv
MANAGE := $(VENV)/bin/python manage.py
INPUTS := pyproject.toml constraints.txt models.txt
EXTENSION_CHECKS := tests/extension

.DEFAULT_GOAL := help
.PHONY: help setup run stop status clean-data test lint fmt messages bench extension

help:
	@echo "make run         install what is missing, start everything, open http://127.0.0.1:8000; Ctrl-C ends it"
	@echo "make stop        stop what runs on the data folder"
	@echo "make status      what runs; exit code 0 only when the service is up"
	@echo "make setup       only install, into .venv"
	@echo "make test        check style, types and imports, then run the tests"
	@echo "make lint        only check style, types and imports"
	@echo "make fmt         format the code"
	@echo "make messages    bring the translations to the texts that there are, and compile them"
	@echo "make bench       import and embedding rates; SNAPSHOT=FILE for an arXiv snapshot"
	@echo "make extension   packages of the browser extension in dist/; SERVER=https://... builds your server's address in"
	@echo "make clean-data  remove the database and all else in the data folder; asks first"

setup: $(VENV)/.installed-run
	@:

run: $(VENV)/.installed-run
	@$(MANAGE) up

stop: $(VENV)/.installed-run
	@$(MANAGE) stop

status: $(VENV)/.installed-run
	@$(MANAGE) status

clean-data: $(VENV)/.installed-run
	@$(MANAGE) clean_data $(if $(filter 1 yes true,$(YES)),--yes)

test: lint $(EXTENSION_CHECKS)/node_modules/.installed
	@$(VENV)/bin/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

bench: $(VENV)/.installed-run
	@$(MANAGE) bench $(if $(SNAPSHOT),--snapshot "$(SNAPSHOT)")

# The cheap ones first.
lint: $(VENV)/.installed-dev
	@$(VENV)/bin/python -m ruff check .
	@$(VENV)/bin/python -m ruff format --check .
	@$(VENV)/bin/python -m mypy
	@$(VENV)/bin/lint-imports

fmt: $(VENV)/.installed-dev
	@$(VENV)/bin/python -m ruff check --fix .
	@$(VENV)/bin/python -m ruff format .

messages: $(VENV)/.installed-dev
	@$(VENV)/bin/python -m coolpapers.messages

extension:
	@$(PYTHON) coolpapers/extension_packages.py $(if $(SERVER),--server "$(SERVER)")

# Mozilla's linter of extensions. Whoever has no npm tests all else: its test says that it was skipped, and why.
$(EXTENSION_CHECKS)/node_modules/.installed: $(EXTENSION_CHECKS)/package-lock.json
	@if ! command -v npm >/dev/null; then echo "The linter of browser extensions is not installed: that needs npm." >&2; \
	elif npm ci --prefix $(EXTENSION_CHECKS) --ignore-scripts --no-audit --no-fund --loglevel=error; then touch $@; \
	else echo "The linter of browser extensions could not be installed; npm says above why. Its test will be skipped." >&2; fi

$(VENV)/.installed-%: $(INPUTS)
	@command -v $(PYTHON) >/dev/null || { echo "coolpapers: $(PYTHON) is not installed. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) coolpapers/services/installation.py $*
