# Every target sets up .venv by itself; a bare clone needs only make and Python 3.11 or newer.
#
#   PYTHON    which Python to build .venv with         make test PYTHON=python3.12
#   PIP_ARGS  more arguments for pip                   an index that has PyTorch's CPU build, a mirror
#   PORT      where `make serve` listens               make serve PORT=9000
#   DOCS      what `make index` reads; the shipped     make index DOCS=folder/
#             sample where it is empty

PYTHON ?= python3
PIP_ARGS ?=
PORT ?= 8000
DOCS ?=

VENV := .venv
BIN := $(VENV)/bin
VENDORS := $(VENV)/vendors-installed
READY := $(VENV)/ready

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test check eval bench format index lock wheel clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(READY) ## run the service, with the shipped sample where nothing is indexed yet (PORT=8000)
	@$(BIN)/budget-qa serve --port $(PORT)

test: $(READY) ## all tests
	@$(BIN)/python -m pytest -q

eval: $(READY) ## evaluate the service on the shipped sample, with the floors of evals/floors.toml
	@$(BIN)/budget-qa eval run --config evals/floors.toml

bench: $(READY) ## what answering costs beside the bare work, and how it grows to 200 departments
	@$(BIN)/python -m tests.bench

check: $(READY) ## format, lint, types, and which module may import which
	@$(BIN)/ruff format --check --output-format=concise .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pip check
	@$(BIN)/python -m pytest -q tests/test_imports.py

format: $(READY) ## format the source and mend what the linter can mend
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

index: $(READY) ## build the index (DOCS=files or folders; the shipped sample by default)
	@$(BIN)/budget-qa index $(DOCS)

wheel: $(READY) ## build the wheel into dist/
	@rm -rf build
	@$(BIN)/python -m build --wheel --no-isolation

lock: ## resolve the newest versions anew and pin them all in requirements.lock
	@$(require_python)
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install -qq $(PIP_ARGS) '.[dev]'
	.venv-lock/bin/python -m pip check
	{ printf '%s\n' "$$LOCK_HEADER"; \
	  .venv-lock/bin/python -m pip freeze --all --exclude pip --exclude budget-qa \
	  | sed 's/+cpu$$//' | grep -Ev '^(cuda|nvidia|triton)'; } > requirements.lock.new
	mv requirements.lock.new requirements.lock
	rm -rf .venv-lock

clean: ## remove .venv and all that was built; the index in var/ stays
	rm -rf $(VENV) .venv-lock build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Vendors first, in a stamp of their own: a changed pyproject.toml then costs seconds, not a minute.
# Without --no-compile pip would compile 15,000 vendor files, most of which nobody imports. What the
# service imports is compiled by importing it once, also where Python is told to write no bytecode:
# each start would else compile it anew, for three seconds.
$(VENDORS): requirements.lock
	@$(require_python)
	@echo "Setting up $(VENV); the first time takes a minute or two."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --no-compile $(PIP_ARGS) -r requirements.lock
	@touch $@

$(READY): $(VENDORS) pyproject.toml
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c "import qa_service.channels.http, qa_service.channels.cli"
	@touch $@

define require_python
command -v $(PYTHON) >/dev/null && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
  echo "budget-qa needs Python 3.11 or newer, but $(PYTHON) is $$(command -v $(PYTHON) >/dev/null && $(PYTHON) -V 2>&1 || echo missing)." >&2; \
  echo "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
endef

define LOCK_HEADER
# Everything that budget-qa runs on and is developed with, pinned. Written by `make lock`; do not edit.
#
# Without hashes, because torch comes from different places: its CPU build where pip is pointed at an
# index that has one (PIP_ARGS in the Makefile), else the build that the platform's default index has.
endef
export LOCK_HEADER
