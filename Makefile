# The two commands that matter: `make run` and `make test`. Whatever is longer than five lines is a script in tools/.
PYTEST := .venv/bin/python -m pytest --ignore=tests/bench
WITHOUT_SERVERS := not elastic and not postgres and not browser and not chaos_long

.DEFAULT_GOAL := help
.PHONY: help setup run test quick check chaos bench relevance screenshots translations

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## make .venv with the packages of the site, nothing else
	@tools/setup.sh

run: setup ## the site with everything it needs, until Ctrl-C (PORT=8000 HOST=127.0.0.1)
	@exec .venv/bin/flask --app wsgi kb run $(if $(PORT),--port "$(PORT)") $(if $(HOST),--host "$(HOST)")

test: ## everything: format, lint, types, and all tests on real servers
	@tools/setup.sh dev
	@tools/system.sh
	@$(MAKE) --no-print-directory check
	@tools/test.sh

quick: ## the inner loop: the tests that need no server
	@tools/setup.sh dev
	@$(PYTEST) --ignore=tests/contract -m "$(WITHOUT_SERVERS)"

check: ## format, lint and types of Python, lint of the templates
	@tools/setup.sh dev
	@.venv/bin/ruff format --quiet --check . || { echo "not formatted: .venv/bin/ruff format ."; exit 1; }
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/djlint --lint --quiet templates

chaos: ## the long fault runs, on real servers
	@tools/setup.sh dev
	@tools/system.sh
	@$(PYTEST) -m chaos_long

bench: ## the figures of docs/bench.md beside their bounds (SIZE=2000 ELASTIC=1 JSON=file YARDSTICK=folder)
	@tools/setup.sh dev
	@.venv/bin/python -m tests.bench --yardstick "$(or $(YARDSTICK),../shared/data)" --size "$(or $(SIZE),2000)" $(if $(ELASTIC),--elastic) $(if $(JSON),--json "$(JSON)")

relevance: ## the figures of docs/relevance.md beside their bars (ENGINE=elastic JSON=file YARDSTICK=folder)
	@tools/setup.sh dev
	@$(if $(filter elastic,$(ENGINE)),tools/system.sh)
	@.venv/bin/python -m tests.bench.relevance --yardstick "$(or $(YARDSTICK),../shared/data)" $(if $(ENGINE),--engine "$(ENGINE)") $(if $(JSON),--json "$(JSON)")

screenshots: ## pictures of the pages in both languages, light and dark, for a phone and a desk (TO=.cache/screenshots)
	@tools/setup.sh dev
	@tools/system.sh
	@.venv/bin/python -m tests.browser.screenshots "$(or $(TO),.cache/screenshots)"

translations: ## bring new texts of code and templates into the catalogues to be translated
	@tools/setup.sh dev
	@.venv/bin/python tools/translations.py
