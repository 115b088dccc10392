# make demo    the explorer on the sample data
# make test    everything that CI runs
# make test-extras  what needs the heavy extras; fails where one is missing, instead of leaving it out
# make check   the fast part: format, lint, types, layers, unit tests without a browser
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Two processes, each with a Chromium and servers of its own. A file stays in one; the order is that of tests/conftest.py.
PYTEST := $(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder
# Where a container forbids to keep compiled modules, each of a hundred programs that tests start compiles them anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test test-extras check lint style docs sample bench chromium clean

demo: $(VENV)/.installed
	$(BIN)/trace-explorer

# The types are checked meanwhile: mypy is one process, and the tests leave processors idle while a browser waits.
test: $(VENV)/.installed-test chromium style
	@$(BIN)/mypy & types=$$!; $(PYTEST); tests=$$?; wait $$types && exit $$tests

# Installs the extras that EXTRAS names; PostgreSQL's server has to be there. Other skips are told, each with its reason.
EXTRAS ?= ocr,ner,postgres
test-extras: $(VENV)/.installed-test
	$(PIP) --editable ".[test,$(EXTRAS)]"
	$(BIN)/pytest -m extras --require-extras

check: $(VENV)/.installed-test lint
	$(PYTEST) -m "not browser and not real"

lint: style
	$(BIN)/mypy

style: $(VENV)/.installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

docs: $(VENV)/.installed-test
	$(BIN)/python docs/generate_queries.py
	$(BIN)/python docs/generate_format.py

# FIXED=1: beside it, the same sessions with a redaction pass that works.
JOBS ?= 2
OFFICE := sample_data/office$(if $(FIXED),-fixed)

sample: $(VENV)/.installed-test chromium
	$(BIN)/python sample_data/record.py --seed 1 --jobs $(JOBS) -o $(OFFICE) \
		$(if $(FIXED),--fixed,--key tests/sample_data/office_key.json)
	$(BIN)/trace-explorer rollup $(OFFICE)

bench: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks

chromium:
	@sh tests/browser/ensure_chromium.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; set PYTHON=python3.x"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) --editable ".[test]"
	@touch $(VENV)/.installed $@

clean:
	rm -rf $(VENV) build dist *.egg-info
