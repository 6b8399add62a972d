# Everything a maintainer does with this repository. `make` alone lists it.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONDONTWRITEBYTECODE ?= 1

python := .venv/.installed
node := site/node_modules/.installed
uv_compile = uv pip compile --quiet --upgrade --universal --no-config --python-version 3.11 \
  --generate-hashes --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help setup site test serve check build lint format bench screenshots wheel lock clean

help: ## this list
	@awk -F ': .*## ' '/^[a-z]+:.* ## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(python) $(node) ## install what the generator and the site need, into this folder

site: setup ## check the records and build the site
	karakana check
	karakana build
	@echo "The site is in build/site. Look at it with: make serve"

test: setup lint ## everything that continuous integration runs
	.ci/setup browser
	karakana check
	karakana match --ci
	karakana build
	pytest --numprocesses auto --dist loadfile

serve: setup ## show the site on this computer, and build it again when a file changes
	karakana serve

check: $(python) ## check the records
	karakana check

build: setup ## build the site
	karakana build

lint: setup ## check the code, the workflows and the forms, without running anything
	ruff check
	ruff format --check
	mypy generator $(wildcard bench)
	npm run --silent --prefix site typecheck
	zizmor --quiet --offline --pedantic .
	check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	check-jsonschema --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff
	check-jsonschema --check-metaschema schemas/*.json

format: $(python) ## put the code and the records into their canonical form
	ruff check --fix
	ruff format
	karakana fmt

bench: setup ## measure
	python -m bench

screenshots: build ## pictures of one page of every kind, in build/screenshots
	.ci/setup browser
	python -m bench.shots

wheel: setup ## what registries of their own install, in dist; they need no Node.js
	.ci/wheel

lock: setup ## raise every dependency to the newest version that pyproject.toml and package.json allow
	pip install --quiet --disable-pip-version-check uv
	$(uv_compile) pyproject.toml --group dev --output-file requirements.lock
	$(uv_compile) --group node --output-file requirements-node.lock
	npm update --prefix site --package-lock-only --no-audit --no-fund

clean: ## remove what was built and installed
	rm -rf build dist .venv site/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(python): requirements.lock pyproject.toml .ci/setup
	.ci/setup python
	@touch $@

$(node): site/package-lock.json site/package.json | $(python)
	.ci/setup node
	@touch $@
