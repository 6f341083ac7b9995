# `make run` is all that a reader needs.
# Variables: PYTHON=python3.12; YES=1 for clean-data; ARGS="-k name" and JOBS=4 for test.

PYTHON ?= python3
# Two cores are half idle with two: tests of the whole service wait for its processes, browser tests for the browser.
JOBS ?= 3
VENV := .venv
MANAGE := $(VENV)/bin/python manage.py
INPUTS := pyproject.toml constraints.txt models.txt

.DEFAULT_GOAL := help
.PHONY: help setup run stop status clean-data test lint fmt messages bench

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

test: lint
	@$(VENV)/bin/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

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

$(VENV)/.installed-%: $(INPUTS)
	@command -v $(PYTHON) >/dev/null || { echo "coolpapers: $(PYTHON) is not installed. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) coolpapers/services/installation.py $*
