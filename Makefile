# Everything a developer types. Each target makes what it needs, from a fresh clone on a fresh machine.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help demo test fuzz ffmpeg web lint types bench schemas constraints pr clean

help: ## List the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.venv/.installed: pyproject.toml constraints.txt scripts/make-venv
	@scripts/make-venv $(PYTHON)

web/node_modules/.installed: web/package-lock.json .venv/.installed
	@scripts/ensure-programs npm
	@$(BIN)/python -c 'from infra.portal_build import install; install()'

demo: .venv/.installed ## Run the whole system on this machine: teach brands, analyze a video, read the report
	@scripts/ensure-programs ffmpeg ffprobe
	@$(BIN)/brandlens demo

test: .venv/.installed ## Run every test
	@scripts/ensure-programs ffmpeg ffprobe chromium chromedriver openssl npm
	$(BIN)/pytest -n 3 --dist loadgroup

fuzz: .venv/.installed ## Try the tests' properties on examples that `make test` does not: others each time
	@scripts/ensure-programs ffmpeg ffprobe
	$(BIN)/pytest -n 2 -m hypothesis --hypothesis-profile=default

ffmpeg: .venv/.installed ## Build the images' FFmpeg into build/ffmpeg, on Debian 12, and test what was built
	@scripts/ensure-programs ffmpeg ffprobe
	containers/ffmpeg/build-ffmpeg.sh build/ffmpeg
	$(BIN)/pytest tests/containers

web: web/node_modules/.installed ## Build the portal into web/dist, and weigh what opening it loads
	$(BIN)/python -c 'from infra.portal_build import built_portal; print(built_portal())'
	npm --prefix web run --silent size

lint: .venv/.installed web/node_modules/.installed ## Check style and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	npm --prefix web run --silent lint

types: .venv/.installed web/node_modules/.installed ## Check types
	$(BIN)/mypy
	@for folder in examples/consumers/*/; do (cd $$folder && ../../../$(BIN)/mypy --strict --cache-dir ../../../.mypy_cache/examples *.py) || exit 1; done
	npm --prefix web run --silent typecheck

bench: .venv/.installed ## Measure the figures that README names, on this machine (after `make demo`)
	@scripts/ensure-programs ffmpeg ffprobe
	$(BIN)/python -m benchmarks

schemas: .venv/.installed ## Write schemas/, docs/settings.md and what docs/ draws anew from the code
	$(BIN)/python -m brandlens.schemas
	$(BIN)/python -m infra.settings_table
	$(BIN)/python -m tests.docs.drawn

constraints: ## Write constraints.txt anew from what .venv holds, and from it what the functions' image installs
	@{ head -n 2 constraints.txt; $(BIN)/pip freeze --exclude-editable | sed 's/+cpu$$//'; } > .venv/constraints.txt
	@mv .venv/constraints.txt constraints.txt
	$(BIN)/uv pip compile --quiet pyproject.toml --extra api --extra detect --constraint constraints.txt \
	  --python-version 3.12 --python-platform x86_64-manylinux_2_28 --generate-hashes \
	  --no-emit-package pip --no-emit-package setuptools --no-emit-package wheel \
	  --no-header --no-annotate --output-file containers/ffmpeg/requirements.txt

pr: lint types test ## All that a change must pass

clean: ## Stop the local cloud and forget everything it holds
	@if [ -x $(BIN)/brandlens ]; then $(BIN)/brandlens local reset --yes; fi
	rm -rf .venv .brandlens build dist *.egg-info
