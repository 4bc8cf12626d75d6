# Everything a newcomer types. The environment is made once, from the hash-pinned lock, and again when the lock changes.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test bench pictures check lint types lock clean environment

# Start the public form and triage on this machine, with the invented force of Millbrook.
run: environment
	@exec $(BIN)/quietword demo

# Every test. What a machine lacks is named loudly and its tests are counted as skipped.
test: environment
	@.ci/environment missing
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

# The figures, side by side with the floor, in one run.
bench: environment
	@$(BIN)/python -m bench

# The pictures of docs/pictures, of the demonstration as it is now. Needs Chromium.
pictures: environment
	@$(BIN)/python -m tests.journeys.take_pictures

# What a reviewer would otherwise have to say: the first part takes seconds, the second a minute or two.
check: lint types

lint: environment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: environment
	$(BIN)/mypy
	$(BIN)/lint-imports

# Write requirements.lock anew from pyproject.toml.
lock:
	@PYTHON="$(PYTHON)" .ci/lock

environment:
	@PYTHON="$(PYTHON)" .ci/environment make

# The demo force in instance/ is left alone: delete that folder by hand to begin again.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
