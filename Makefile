# `make` alone lists what it can do.
PYTHON ?= python3
BIN := .venv/bin
INSTALL = $(BIN)/pip install --quiet --disable-pip-version-check
LOCK = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-header $(if $(UPGRADE),--upgrade)
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help preview preview-engine test test-full verify check lint golden plan docs lock wheel bench mutation mutation-code engine actionlint mariadb chromium pictures hooks figures clean

LINTED ?= .
ACTIONLINT := .cache/bin/actionlint
MARIADB := mariadb-server-core mariadb-client-core
CHROMIUM := command -v chromium || command -v chromium-browser || command -v google-chrome
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

.venv/run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.12"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing what the program runs on (a minute, once) ..."
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	@echo "installing what the tests need (a minute, once) ..."
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

.venv/mutation: .venv/dev requirements-mutation.txt
	@echo "installing what mutates the code (a minute, once) ..."
	@$(INSTALL) --require-hashes -r requirements-mutation.txt
	@touch $@

preview: .venv/run ## the main job: what the program declares, and who is woken
	@$(BIN)/monitoring preview

check: .venv/run ## every check of the catalog
	@$(BIN)/monitoring check

verify: .venv/run ## everything that has to hold for the catalog
	@$(BIN)/monitoring verify

test: .venv/dev engine actionlint mariadb chromium verify ## the tool's suite, with a fixed sample of its slow parts, and everything of the catalog
	@$(BIN)/pytest -n 2 --dist worksteal -m "not full"

lint: .venv/dev ## ruff, the spelling and mypy; LINTED=monitoring/cli looks at a part alone
	@$(BIN)/ruff check $(LINTED) && $(BIN)/ruff format --check $(LINTED) && $(BIN)/codespell $(LINTED) \
	&& $(BIN)/mypy $(filter-out .,$(LINTED))

hooks: .venv/dev ## let git run the linters and the checks of the catalog before each commit
	@$(BIN)/pre-commit install

figures: .venv/dev ## how long functions are, and which names are left to change
	@$(BIN)/python tools/figures.py

golden: .venv/run ## write the golden Plans anew; read the difference before you commit it
	@$(BIN)/monitoring golden

plan: .venv/run ## does the program declare what the golden Plans say?
	@$(BIN)/monitoring ci plan $(if $(QUALITY),--code-quality $(QUALITY))

docs: .venv/run ## write the generated documents and schemas anew
	@$(BIN)/monitoring docs && $(BIN)/monitoring schema --write catalog/schema

lock: .venv/dev ## write the locks anew from pyproject.toml; UPGRADE=1 takes the newest of everything
	@$(LOCK) pyproject.toml --all-extras --group build -o requirements.txt
	@$(LOCK) --group dev -c requirements.txt -o requirements-dev.txt
	@$(LOCK) --group mutation -c requirements.txt -c requirements-dev.txt -o requirements-mutation.txt

wheel: .venv/run ## build the wheel, the same bytes for the same commit, and print its hash
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m hatchling build -t wheel > /dev/null
	@$(BIN)/pip hash dist/wakeproof-$$($(BIN)/python -m hatchling version)-py3-none-any.whl

engine: .venv/run ## Pulumi itself: an installed one, else built once from its Go module
	@$(BIN)/python tools/pulumi/engine.py || { test -z "$$CI" && echo "the tests on the real engine will be skipped"; }

actionlint: ## the linter of the workflows, built once from its Go module
	@if command -v go > /dev/null; then $(MAKE) --no-print-directory $(ACTIONLINT); \
	elif ! test -x $(ACTIONLINT); then echo "no Go here: the test with actionlint will be skipped"; test -z "$$CI"; fi

mariadb: ## the server that the MySQL probe is tested against: an installed one, in CI else that of the system's packages
	@if PATH="$$PATH:/usr/sbin" command -v mariadbd > /dev/null && command -v my_print_defaults > /dev/null; then :; \
	elif test -z "$$CI"; then echo "no MariaDB here: the tests of the MySQL probe will be skipped"; \
	else $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(MARIADB) > /dev/null; fi

chromium: ## the browser that opens every page of the site: an installed one, in CI else that of the system's packages
	@if { $(CHROMIUM); } > /dev/null; then :; \
	elif test -z "$$CI"; then echo "no Chromium here: the tests that open the site's pages will be skipped"; \
	else $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends chromium > /dev/null; fi

$(ACTIONLINT): tools/actionlint/go.mod tools/actionlint/go.sum
	@mkdir -p $(@D)
	@cd tools/actionlint && GOTOOLCHAIN=local CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o ../../$@ github.com/rhysd/actionlint/cmd/actionlint

pictures: .venv/dev chromium ## pictures of a page of each kind of the site: phone and screen, light and dark, printed
	@$(BIN)/python -m tests.site.pictures .cache/pictures

preview-engine: .venv/dev engine ## the real pulumi preview, against emulated accounts
	@$(BIN)/python -m tests.engine.show

test-full: .venv/dev engine actionlint mariadb chromium verify ## the tool's suite, every slow matrix included, and everything of the catalog
	@$(BIN)/pytest -n 2 --dist worksteal

mutation: .venv/dev ## damage catalog, expectations and Plan in every known way; each must be found
	@$(BIN)/python -m tests.mutation

mutation-code: .venv/mutation ## change the tool's own code at random; each change must be found. ROOMS=oncall,checks COUNT=60 SEED=1 KEEP=1
	@$(BIN)/python -m tests.mutation_code $(if $(ROOMS),--rooms $(ROOMS)) $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED)) $(if $(KEEP),--keep)

bench: .venv/dev engine ## every benchmark, as ratios in one run
	@$(BIN)/python -m benchmarks

clean: ## everything that was installed or built
	@rm -rf .venv .pulumi .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
