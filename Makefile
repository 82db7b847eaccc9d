# Every target makes and fills its own .venv where it needs one.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.filled
FUZZ ?= 300
AHEAD ?= +400d
AHEAD_TESTS ?= $(addprefix tests/,decide/test_freshness.py query/test_lookup.py fetch/test_conditional.py)

.DEFAULT_GOAL := help
.PHONY: help run test ahead explore check lint types fuzz bench picture adapters languages schema snapshot texts clean

help:  ## show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("regstatus needs Python 3.11 or newer; try: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[web]" --group dev
	@touch $(STAMP)

run: $(STAMP)  ## play two scheduled runs against a replica of official hosts, and look things up
	@$(BIN)/python tools/play.py

test: $(STAMP)  ## run the whole suite
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# The monotonic clock stays, for waits are measured by it: tests/ahead says how. Left out is what takes
# long and asks for no time, and what runs in a browser, for Chromium ends under faketime.
ahead: $(STAMP)  ## run one part of the suite with the clock ahead, AHEAD=+400d (needs Debian's `faketime`)
	@FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 PYTHONPATH=$(CURDIR)/tests/ahead \
	  faketime -f $(AHEAD) $(BIN)/python -m pytest --numprocesses auto --dist loadfile $(AHEAD_TESTS)

explore: $(STAMP)  ## run the property tests on examples of their own choice, not on the same ones each time
	@$(BIN)/python -m pytest --numprocesses auto --hypothesis-profile explore $$(grep -rlE "^ *@given" tests)

check: lint types test  ## lint, types, tests

lint: $(STAMP)  ## style and common faults
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)  ## mypy, strict
	@$(BIN)/mypy

fuzz: $(STAMP)  ## spoilt pages, source files, names, archives and stores, for FUZZ=300 seconds
	@$(BIN)/python tools/fuzz.py --seconds $(FUZZ)

bench: $(STAMP)  ## speed, as ratios to others' tools, measured in one run; writes docs/performance.md
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@$(BIN)/python tools/bench.py $(BENCH)

picture: $(STAMP)  ## draw the tree of folders into docs/design.md anew, from the imports
	@$(BIN)/python tools/draw_tree.py

adapters: $(STAMP)  ## list the adapters of fetch/hosts in docs/sources.md anew
	@$(BIN)/python tools/list_adapters.py

languages: $(STAMP)  ## check the words of all languages and put them together
	@$(BIN)/python tools/make_languages.py

schema: $(STAMP)  ## write docs/schema anew from the types
	@$(BIN)/python tools/make_schemas.py

snapshot: $(STAMP)  ## write the shipped snapshot anew from sources/, fetching nothing
	@$(BIN)/python tools/make_snapshot.py

texts: $(STAMP)  ## list the attested official texts and the hosts, and measure what docs/shop.toml ships, anew
	@$(BIN)/python tools/list_official_texts.py
	@$(BIN)/python tools/list_hosts.py
	@$(BIN)/python tools/measure_profile.py

clean:  ## remove what was made here
	rm -rf .venv .run build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
