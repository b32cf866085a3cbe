# Every task of the project. `make` alone lists them. The two that a newcomer needs: `make demo` and `make test`.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not ((3,11) <= sys.version_info[:2] <= (3,13)))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
AREA ?= demo/area
PORT ?= 8000
BOROUGH ?= ../shared/borough
CHECK_CODE = $(BIN)/ruff format --check engage tests tools; $(BIN)/ruff check engage tests tools; $(BIN)/mypy
# Each worker of the tests, and each command that one starts, would read all code anew if none could keep what it has read.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check quick fix bench assure borough serve clean lock assets messages reference system-packages

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

demo: .ready/run .ready/assets ## install, make the example town, join it, and serve it on localhost
	$(BIN)/engage demo $(AREA) --port $(PORT)

# The code is checked beside the tests, because a type checker keeps one core busy and no more; what it says comes after them. The tests hold
# the import contracts too (tests/house). Both runs of the tests share one folder for what is made once. What tests write is in memory where
# the machine has 4 GiB for it: each lays out an area and a database of its own, which a slow disk would make wait.
test: .ready/test .ready/assets system-packages .ready/readers ## everything that must pass: style, types, imports, tests on both databases, browser journeys
	@in=$$(df --output=avail,target /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 4194304 { print $$2 }'); \
	made=$$(mktemp -d -p "$${in:-$${TMPDIR:-/tmp}}"); trap 'rm -rf "$$made"' EXIT; export ENGAGE_TESTS_MADE="$$made/made" TMPDIR="$$made"; \
	mkdir "$$made/made"; \
	( set -e; $(CHECK_CODE) ) >"$$made/said" 2>&1 & checking=$$!; \
	$(BIN)/python -m pytest -n 3 --dist loadgroup --no-loadscope-reorder tests; tested=$$?; \
	wait $$checking; checked=$$?; cat "$$made/said"; \
	[ $$tested = 0 ] && [ $$checked = 0 ] && $(BIN)/python tests/with_postgresql.py

.PHONY: check-code check-imports
check-code: .ready/test
	set -ex; $(CHECK_CODE)

check-imports: .ready/test
	$(BIN)/lint-imports --no-cache

check: check-code check-imports quick ## style, types, imports and the quick tests

quick: .ready/test ## the tests that need neither a browser nor long
	$(BIN)/python -m pytest -n 2 -m "not slow and not browser and not borough" tests

fix: .ready/test ## mend what the formatter and linter can mend
	$(BIN)/ruff format engage tests tools
	$(BIN)/ruff check --fix engage tests tools

bench: .ready/test .ready/assets ## timings, as ratios against a named baseline in the same run: hours (less: BENCH="--records 100000 --rounds 1")
	$(BIN)/python tools/bench.py $(BENCH)

assure: .ready/test ## the slow proofs: fifty kills of receive and build, and ten times as many courses of cases, people and deliveries
	ENGAGE_KILLS=50 $(BIN)/python -m pytest tests/faults -m faults
	ENGAGE_EFFORT=10 $(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder tests/integration/casework/test_lifecycles.py \
		tests/integration/casework/test_meetings.py tests/integration/identities/test_any_course.py tests/spec/records/test_versions.py

borough: .ready/run ## join the independent borough's extracts and say how well (BOROUGH=its folder)
	rm -rf demo/borough && mkdir -p demo && cp -r examples/borough demo/borough
	for agency in charity childrens_services education health police; do \
		$(BIN)/engage receive demo/borough --agency $$agency $(BOROUGH)/$$agency/* || exit 1; done
	$(BIN)/engage build demo/borough
	$(BIN)/engage evaluate demo/borough --truth $(BOROUGH)/truth --out demo/borough/answer
	$(BIN)/engage evaluate narrative demo/borough --truth $(BOROUGH)/truth --out demo/borough/answer
	$(BIN)/engage evaluate indicators demo/borough --truth $(BOROUGH)/truth
	$(BIN)/engage evaluate networks demo/borough --truth $(BOROUGH)/truth --out demo/borough/answer
	$(BIN)/engage export worklist demo/borough --out demo/borough/answer/kids.csv

serve: .ready/run .ready/assets ## serve an area that was already built (AREA=...)
	$(BIN)/engage serve $(AREA) --port $(PORT)

assets: .ready/assets ## styles and scripts, from npm packages

messages: .ready/run ## collect all texts for translators, and make what was translated ready (LANGUAGES="cy" begins one)
	$(BIN)/python tools/messages.py $(LANGUAGES)

reference: .ready/run ## write the reference pages anew from the code
	$(BIN)/python tools/reference.py

lock: .ready/test ## choose dependency versions anew, with hashes and without addresses
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/run.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra postgresql --extra test --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/run.txt -o requirements/test.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra test --extra readers --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/test.txt -o requirements/readers.txt

clean: ## remove everything that the tasks made here (areas of your own are not touched)
	rm -rf .venv .ready node_modules engage/web/static/built staticfiles demo

.ready/venv:
	@test -n "$(PYTHON)" || { echo "Engage needs Python 3.11, 3.12 or 3.13. On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@mkdir -p .ready && touch $@

.ready/run: .ready/venv requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

.ready/test: .ready/run requirements/test.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

# Libraries of other programs that read what we write for them. They are compiled here: where that is not possible it is said, and their tests are skipped.
.ready/readers: .ready/test requirements/readers.txt | system-packages
	@tools/readers.sh $(BIN)/python $@

# The machine's Node, or else the one that a wheel carries.
.ready/assets: .ready/venv package.json package-lock.json tools/assets.sh $(wildcard engage/web/assets/*)
	tools/assets.sh $(BIN)/python
	@touch $@

# Chromium and PostgreSQL for the tests: installed where that is possible, else said.
system-packages:
	@tools/system-packages.sh
