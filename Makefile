# Each target first sets up what it needs: the locked environment in .venv, made by uv, which is fetched from the package index if missing.

VENV   := .venv
PEERS  := .venv-peers
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PYTHON ?= python3
PUBLICATION := $(or $(DIVIDE_HOME),data)/publication
export PYTHONUNBUFFERED := 1
# With this variable set, every process would compile the code, and pytest would rewrite its tests, each time.
unexport PYTHONDONTWRITEBYTECODE

# uv if it is on the PATH; else a virtual environment that gets it from the package index.
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
# On a terminal uv shows its own progress; elsewhere it would list every package.
QUIET := $(shell [ -t 2 ] || echo -q)

.DEFAULT_GOAL := help
.PHONY: help build test test-long test-live test-browser test-wheel wheel pictures docs labels validate ui check bench bench-measures peers lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

build: $(READY)  ## set up, and build the publication from the stored data
	@echo "Building the publication"
	@$(BIN)/divide build

test: $(READY)  ## the tests that need no browser and no network
	@$(BIN)/pytest

test-long: $(READY)  ## the tests that build and publish everything several times: notebooks, interruptions, locks, failures at any moment
	@$(BIN)/pytest -m long

test-live: $(READY)  ## the connectors against the real services; needs a network, and never runs in CI
	@$(BIN)/pytest -m live -n 0 -rs tests/whole/test_live.py

test-browser: $(READY)  ## the tests that drive the site and the Dagster UI in headless Chromium (needs chromium on the PATH)
	@$(BIN)/pytest -m browser -n 0

wheel: $(READY)  ## build the wheel and the source distribution into dist/
	@rm -rf dist
	@$(UV) build -q --out-dir dist

test-wheel: wheel  ## install the wheel into an empty environment outside the checkout, and build, check and serve there
	@$(BIN)/python -m tests.wheel --uv $(UV) --python $(PYTHON) dist/*.whl

pictures: $(READY)  ## take the pictures of the README again: the UI in headless Chromium, and the chart (needs chromium on the PATH)
	@$(BIN)/python -m tests.support.pictures

docs: $(READY)  ## write the list of tables in docs/publication.md from their declarations
	@$(BIN)/python -m tests.support.tables_list

labels: $(READY)  ## update the translators' files from the English texts of the registries
	@$(BIN)/divide labels --update

validate: $(READY)  ## check the publication with frictionless, pysdmx and cffconvert, each in its own environment
	@report=$$($(UV) tool run -q frictionless==5.21.0 validate $(PUBLICATION)/datapackage.json) || { echo "$$report"; exit 1; }
	@echo "$(PUBLICATION)/datapackage.json is valid"
	@$(UV) run -q --no-project --with 'pysdmx[data,json]==1.21.0' python -W ignore tests/validators/sdmx_files.py $(PUBLICATION)/sdmx
	@$(UV) tool run -q cffconvert==2.0.0 --validate

ui: $(READY)  ## start the Dagster UI and the nightly schedule on this machine
	@$(BIN)/divide ui

check: $(READY)  ## linters, types, dependencies, imports between packages, definitions
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@$(BIN)/sqlfluff lint -q sql
	@$(BIN)/deptry .
	@broken=$$($(BIN)/lint-imports --no-logo --no-cache) || { echo "$$broken"; exit 1; }
	@$(BIN)/mypy
	@PATH="$(CURDIR)/$(BIN):$$PATH" VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/dg check defs

bench: $(READY)  ## time the whole job, and the same work as plain function calls
	@$(BIN)/python -m tests.benchmarks

bench-measures: $(READY)  ## time each measure on the stored figures, and on 10 and 100 times as many
	@$(BIN)/python -m tests.benchmarks.measures

peers: $(PEERS)/.ready  ## compare our rules, inequality and claims with other packages, installed in a separate environment
	@$(PEERS)/bin/python -m tests.peers

lock: $(filter .uv/%,$(UV))  ## write requirements.lock again from pyproject.toml
	@$(UV) pip compile -q pyproject.toml --group dev --universal --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements.lock
	@$(UV) pip compile -q tests/peers/requirements.txt -c requirements.lock --universal --no-header --no-emit-index-url --no-annotate \
		-o tests/peers/constraints.txt

clean:  ## remove the environment and everything that can be rebuilt; files you added stay in data/snapshots
	rm -rf $(VENV) $(PEERS) .uv dist data/build data/dagster data/logs data/publication data/publications data/selections

.uv/bin/uv:
	@echo "Fetching uv, which installs the packages"
	@$(PYTHON) -m venv .uv
	@.uv/bin/pip install -q --disable-pip-version-check uv

$(READY): pyproject.toml requirements.lock $(filter .uv/%,$(UV))
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "Python 3.11 to 3.13 is needed; try: make PYTHON=python3.12")'
	@echo "Creating the Python environment $(VENV)"
	@$(UV) venv -q --allow-existing --python $(PYTHON) $(VENV)
	@echo "Installing $$(grep -c '^[a-z0-9]' requirements.lock) packages from requirements.lock: 1.3 GB, a minute or more"
	@$(UV) pip sync $(QUIET) --require-hashes --compile-bytecode --python $(BIN)/python requirements.lock
	@echo "Installing this project"
	@$(UV) pip install -q --no-deps --python $(BIN)/python -e .
	@touch $@

# The locked environment with each peer on top; a peer that does not install is reported with the reason, and the others are measured.
$(PEERS)/.ready: requirements.lock tests/peers/requirements.txt tests/peers/constraints.txt $(filter .uv/%,$(UV))
	@$(UV) venv -q --allow-existing --python $(PYTHON) $(PEERS)
	@$(UV) pip sync -q --require-hashes --python $(PEERS)/bin/python requirements.lock
	@rm -f $(PEERS)/refused
	@sed 's/ *#.*//; /^$$/d' tests/peers/requirements.txt | while read -r peer; do \
		reason=$$($(UV) pip install -q --python $(PEERS)/bin/python -c tests/peers/constraints.txt "$$peer" 2>&1) \
			|| echo "$$peer:" $$reason >> $(PEERS)/refused; done
	@touch $@
