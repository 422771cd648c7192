# Everything from a fresh Debian 12 with python3, python3-venv and make: `make run`, `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# How many tests run at a time: two a core, since half of a screen's test is waiting until it rests.
JOBS ?= $(shell echo $$(( $$(nproc 2>/dev/null || echo 2) * 2 )))

.PHONY: run test lint bench soak pictures mutants lock clean
.SILENT:

# The sample division, on the Tuesday of the join week.
run: $(READY)
	$(BIN)/cofp sample

# Formatting, lint, strict types, import contracts, then every test (models on both engines).
test: lint
	$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-cache > $(VENV)/contracts.txt || { cat $(VENV)/contracts.txt; exit 1; }

bench: $(READY)
	$(BIN)/python -m tests.bench

soak: $(READY)
	$(BIN)/python -m tests.soak

pictures: $(READY)
	$(BIN)/python -m tests.pictures

mutants: $(READY)
	$(BIN)/python -m tests.mutants

# The environment is made anew whenever what it is made of has changed.
$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'cofp needs Python 3.11 or newer; name it: make PYTHON=python3.12 run' >&2; exit 1; }
	rm -rf $(VENV)
	echo 'Making $(VENV) …' >&2
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--no-build-isolation --editable .
	touch $(READY)

# Needs uv on the path; the file holds names, versions and hashes, and no addresses.
lock:
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --quiet --output-file requirements.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
