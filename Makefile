# Two commands for everyone: `make lab` and `make test`. The rest is for those who change the kit.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt

.PHONY: lab test notebooks release bench constraints clean

lab: .venv/.installed
	$(BIN)/mlipkit lab $(LAB_OPTIONS)

test: .venv/.tested
	sh tests/system_packages.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pytest -n 2 --dist loadscope
	$(BIN)/pytest -o addopts=-ra --nbval-lax source  # instructors' notebooks store no outputs to compare

notebooks: .venv/.installed
	$(BIN)/mlipkit notebooks

release: .venv/.installed
	for id in $$(ls -d source/*/ | xargs -n1 basename); do $(BIN)/mlipkit verify $$id && $(BIN)/mlipkit release $$id || exit 1; done

bench: .venv/.tested
	for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

# the versions that were tested; run after a change of the dependencies in pyproject.toml
constraints: .venv/.tested
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --extra test \
	  --no-header --no-annotate pyproject.toml --output-file constraints.txt

clean:
	rm -rf .venv

.venv/.installed: pyproject.toml constraints.txt postBuild
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt uv
	$(UV) --editable .
	PATH="$(CURDIR)/$(BIN):$$PATH" ./postBuild
	touch $@

.venv/.tested: .venv/.installed
	$(UV) --editable '.[test]'
	touch $@
