# Thin on purpose: each target is one command. Needs Python 3.11 or newer, make and git; the rest is installed here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
WORKERS ?= auto

ANKI ?= $(PYTHON)

.PHONY: decks tables preview test check proof prove-decks fix bench schema pictures axe clean

decks: $(VENV)/core           ## build the real decks into dist/
	$(BIN)/ft-cards build

tables: $(VENV)/core          ## write the table of the decks anew: decks/README.md
	$(BIN)/ft-cards contents -o decks/README.md

preview: $(VENV)/core         ## serve the real decks as pages that follow each save
	$(BIN)/ft-cards preview --serve

test: $(VENV)/dev             ## all but the long proofs
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m "not proof"

check: $(VENV)/dev            ## format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m "not proof"

proof: $(VENV)/dev            ## fuzzing, crash loops, big sizes
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m proof

prove-decks: $(VENV)/decks    ## run every program on the decks' cards: installs PyTorch, 200 MB or more
	$(BIN)/ft-cards check --strict --run --require-all --fence strict decks

fix: $(VENV)/dev              ## format, and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev            ## the budgets, both sides measured in one run
	$(BIN)/python benchmarks/run.py --growth
	$(BIN)/python benchmarks/bench_memory.py
	$(BIN)/python benchmarks/bench_review.py
	$(BIN)/python benchmarks/bench_preview.py

schema: $(VENV)/core          ## write the schemas that docs/ keeps
	$(BIN)/ft-cards schema > docs/deck.schema.json
	$(BIN)/ft-cards schema --project > docs/project.schema.json

axe: tests/preview/node_modules/axe-core/package.json  ## what the tests of the preview need of npm

tests/preview/node_modules/axe-core/package.json: tests/preview/package.json
	npm install --prefix tests/preview --no-package-lock --no-audit --no-fund --silent
	touch $@

pictures: $(VENV)/dev         ## draw the pictures in docs/, with the real Anki (tests/anki/pictures.py tells what it needs)
	$(BIN)/python -m tests.screen.draw_pictures
	$(BIN)/ft-cards build
	$(BIN)/ft-cards preview
	$(BIN)/python -m tests.preview.draw_pictures
	$(ANKI) -m tests.anki.pictures dist/fine-tuning.apkg docs/pictures

clean:
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/preview/node_modules

$(VENV)/core: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -c "open('$(VENV)/core', 'w').close()"

$(VENV)/dev: pyproject.toml $(VENV)/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	$(BIN)/python -c "open('$(VENV)/dev', 'w').close()"

$(VENV)/decks: pyproject.toml $(VENV)/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[decks]"
	$(BIN)/python -c "open('$(VENV)/decks', 'w').close()"
