# Everything sets itself up: the virtual environment, and (as root on Debian) the system's libraries and faces.
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/pytest -n 2 --dist loadfile
SOURCES := booklet tests

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench mutants same setup setup-test soak clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup ## build the sample weekly booklet into build/
	rm -rf build/sample
	$(BIN)/booklet init build/sample
	$(BIN)/booklet build --config build/sample/booklet.toml --output-dir build --force

test: setup-test ## run the tests (within 10 minutes on two cores)
	$(PYTEST) -m "not soak"

check: setup-test ## format, lint, types, tests
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(MAKE) test

format: setup-test ## put the code into the house's form
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

bench: setup-test .venv/.installed-bench ## measure speed, growth and quality, beside other programs
	@.ci/setup-system bench
	$(BIN)/python -m tests.bench.bench_clean
	$(BIN)/python -m tests.bench.bench_convert
	$(BIN)/python -m tests.bench.bench_fetch
	$(BIN)/python -m tests.bench.bench_epub
	$(BIN)/python -m tests.bench.bench_chunks
	$(BIN)/python -m tests.bench.bench_images
	$(BIN)/python -m tests.bench.bench_pdf
	$(BIN)/python -m tests.bench.bench_lines
	$(BIN)/python -m tests.bench.bench_numbers
	$(BIN)/python -m tests.images.fault_matrix

same: setup-test ## build samples and posts as of AGAINST=2f5a4a7 and as of now, and say what differs
	$(BIN)/python -m tests.same $(if $(AGAINST),--against $(AGAINST))

soak: setup-test ## the long checks at full size
	$(PYTEST) -m soak

mutants: setup-test ## change the product in 200 small ways and count which the tests notice (SEED=… to repeat)
	$(BIN)/python -m tests.mutants --by-hand
	$(BIN)/python -m tests.mutants $(if $(SEED),--seed $(SEED))

clean: ## remove the set-up and the outputs
	rm -rf .venv .setup build/*

setup: .venv/.installed
	@.ci/setup-system run

setup-test: setup .venv/.installed-dev
	@.ci/setup-system test

.venv/bin/python:
	@.ci/setup-system run
	@$(PYTHON) -c 'import sys; sys.exit("booklet needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/.installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/.installed-dev: pyproject.toml .venv/.installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

.venv/.installed-bench: pyproject.toml .venv/.installed
	$(BIN)/python -m pip install --quiet --group bench
	@touch $@
