# make          the program, at .venv/bin/sales-assistant (no PyTorch; about 300 MB)
# make run      the same, with a store, the demo world and the server: prints the address and one-time sign-in links
# make test     everything installed (speech, embeddings, PostgreSQL, Redis), then all tests but the browser's
# make check    ruff, mypy --strict, import rules
# make bench    the measurements and the goals they are held to
# make lock     resolve requirements/ anew
# make clean    remove what make made; the store is kept

.DEFAULT_GOAL := program
.PHONY: program everything models run test check bench lock clean
.DELETE_ON_ERROR:
SHELL := /bin/bash

# The first Python that is new enough; `make PYTHON=…` names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
UV := $(or $(shell command -v uv),.uv/bin/uv)
INSTALL = $(UV) pip install --quiet --python $(BIN)/python --no-deps
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

# uv does not read pip's settings, so they are passed on.
comma := ,
empty :=
space := $(empty) $(empty)
TORCH_LINKS := $(subst $(space),$(comma),$(or $(strip $(PIP_FIND_LINKS)),https://download.pytorch.org/whl/cpu/torch/))
ifneq ($(strip $(PIP_INDEX_URL)),)
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

# ---- installing: a stamp per set, so that a second call does nothing

program: $(VENV)/.program
everything: $(VENV)/.everything

$(VENV)/.program: requirements/base.txt pyproject.toml | $(BIN)/python
	$(INSTALL) --requirement requirements/base.txt
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.everything: requirements/all.txt requirements/torch.txt $(VENV)/.program
	UV_FIND_LINKS=$(TORCH_LINKS) $(INSTALL) --requirement requirements/all.txt --requirement requirements/torch.txt
	@touch $@

$(BIN)/python: | $(UV)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3"; exit 1; }
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)

.uv/bin/uv: requirements/uv.txt
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements/uv.txt
	@touch $@

# Weights of the speech recogniser: fetched once, checked by their SHA-256.
models: everything
	$(BIN)/sales-assistant models pull whisper-base

# ---- using

run: program
	$(BIN)/sales-assistant migrate
	$(BIN)/sales-assistant import eval/worlds/demo --if-empty
	$(BIN)/sales-assistant serve $(ARGS)

# BROWSER=1 takes the browser's tests in; they need /usr/bin/chromium. Two workers, since two cores are what CI has.
WORKERS ?= 2
test: everything models
	OMP_WAIT_POLICY=PASSIVE $(BIN)/pytest -n $(WORKERS) --dist loadfile $(if $(BROWSER),,-m "not browser") $(ARGS)

check: everything
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: everything
	$(BIN)/python -m benchmarks $(ARGS)

# The full set is resolved first, the light one then within it: a machine that goes from one to the other changes no version.
# torch stays in requirements/torch.txt; no index or folder is written into the locks.
COMPILE = UV_FIND_LINKS=$(TORCH_LINKS) $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) \
	--override requirements/overrides.txt pyproject.toml

lock: | $(UV)
	$(COMPILE) --all-extras --no-emit-package torch --constraint requirements/torch.txt \
		--output-file requirements/all.txt
	$(COMPILE) --constraint requirements/all.txt --output-file requirements/base.txt

clean:
	rm -rf $(VENV) .uv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
