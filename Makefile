# Every target does its own set-up. A machine needs Python 3.11 and make, and nothing else.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo serve test lint format bench clean

help:  ## what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/run  ## one spoken order, from the ring to the rating (ARGS="--exit --caller 1")
	@$(BIN)/voiceapp demo $(ARGS)

serve: $(VENV)/run  ## everything on this machine, to try: telephone, family pages, desk
	@$(BIN)/voiceapp serve $(ARGS)

test: $(VENV)/test  ## all tests, lint and types among them (ARGS="-k story")
	@$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/test  ## ruff and mypy alone
	@$(BIN)/ruff check . && $(BIN)/mypy

format: $(VENV)/test  ## let ruff lay the code out
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: $(VENV)/bench  ## how fast it is here
	@$(BIN)/python -m bench $(ARGS)

clean:  ## remove what make made
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install "pip>=25.1"

$(VENV)/run: pyproject.toml | $(VENV)/bin/python
	@echo "installing the product; the first time takes a minute"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/test: $(VENV)/run
	@echo "installing what the tests need"
	@$(PIP) install --group dev
	@touch $@

$(VENV)/bench: $(VENV)/test
	@$(PIP) install --group bench
	@touch $@
