# Every target in one line each; `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help install run test check bench fuzz screenshots
help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.installed: requirements.txt requirements-dev.txt
	@$(PYTHON) tests/installation.py "creating .venv" $(PYTHON) -m venv .venv
	@$(PYTHON) tests/installation.py "installing packages" $(BIN)/pip install --quiet --disable-pip-version-check --no-input -r requirements-dev.txt
	@$(PYTHON) tests/installation.py "looking for a browser for the tests" $(BIN)/python -m tests.browser
	@touch $@

install: .venv/.installed ## .venv with all that running and testing needs

run: install ## everything on this machine, with a demo roster; Ctrl-C stops it
	@exec $(BIN)/python -m tests.sandbox.run

test: install ## every test
	$(BIN)/python -m pytest

check: install ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install ## the figures of docs/performance.md, each as a ratio against its reference; PART=path: one part
	@exec $(BIN)/python -m tests.bench $(PART)

fuzz: install ## mutated pushes, calls of the API and roster files: no error, no growth of memory; FUZZ=1000: fewer
	@exec $(BIN)/python -m tests.fuzz

screenshots: install ## take the manual's pictures again, into docs/img
	$(BIN)/python -m pytest tests/docs/test_screenshots.py --write-screenshots
