# Every target in one line each; `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help install run test check bench fuzz screenshots chaos operate hosts lock audit
help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.installed: requirements.txt requirements-dev.txt
	@$(PYTHON) tests/programs/installation.py "creating .venv" $(PYTHON) -m venv .venv
	@$(PYTHON) tests/programs/installation.py "installing packages" $(BIN)/pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements-dev.txt
	@$(PYTHON) tests/programs/installation.py "looking for a browser for the tests" $(BIN)/python -m tests.programs.browser
	@touch $@

install: .venv/.installed ## .venv with all that running and testing needs, and bytecode: without it each start takes 0.5 s more
	@$(BIN)/python -m compileall -q bot config workers

run: install ## everything on this machine, with a demo roster; Ctrl-C stops it
	@exec $(BIN)/python -m tests.sandbox.run

# These start all processes of an installation, so they come after the many small ones; the last one judges single seconds.
WHOLE := tests/end_to_end tests/chaos tests/bench tests/fuzz
ALONE := tests/operate/test_rolling.py
test: install ## every test
	$(BIN)/python -m pytest -n 2 --dist loadfile $(addprefix --ignore=,$(WHOLE) $(ALONE))
	$(BIN)/python -m pytest -n 2 --dist loadfile $(WHOLE)
	$(BIN)/python -m pytest $(ALONE)

check: install ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install ## the figures of docs/performance.md, each as a ratio against its reference; PART=path: one part
	@exec $(BIN)/python -m tests.bench $(PART)

fuzz: install ## mutated pushes, calls of the API and roster files: no error, no growth of memory; FUZZ=1000: fewer
	@exec $(BIN)/python -m tests.fuzz

operate: install ## the files of config/deploy with nginx and systemd themselves; says what this machine lacks
	@exec $(BIN)/python -m tests.operate

hosts: install ## two hosts in network namespaces: PostgreSQL with a standby, Redis with Sentinel; as root
	@exec $(BIN)/python -m tests.operate.two_hosts

screenshots: install ## take the manual's pictures again, into docs/img
	$(BIN)/python -m pytest tests/docs/test_screenshots.py --write-screenshots

chaos: install ## faults at random against the real processes; FOR=600 SEED=7 DATABASE=sqlite FAULTS="database full,time": those alone
	@exec $(BIN)/python -m tests.chaos "$(FOR)" "$(SEED)" "$(DATABASE)" "$(FAULTS)"

.venv/tools/.installed: .venv/.installed
	@$(PYTHON) -m venv .venv/tools
	@.venv/tools/bin/pip install --quiet --disable-pip-version-check --no-input uv==0.13.9 pip-audit==2.10.1
	@touch $@

LOCK := .venv/tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock: .venv/tools/.installed ## make the requirements*.txt anew from the .in files; ARGS=--upgrade-package=NAME
	$(LOCK) $(ARGS) --output-file requirements.txt requirements.in
	$(LOCK) $(ARGS) --output-file requirements-aliyun.txt requirements-aliyun.in
	$(LOCK) $(ARGS) --output-file requirements-dev.txt requirements-dev.in
	@.venv/bin/python -m tests.dependencies.licences

audit: .venv/tools/.installed ## look for known weaknesses in what requirements.txt names; needs a network
	.venv/tools/bin/pip-audit --disable-pip --require-hashes -r requirements.txt
