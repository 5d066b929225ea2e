# Broadsheet's commands. `make help` lists them; each installs what it needs into .venv.
PYTHON ?= python3
VENV := .venv
IN_VENV := $(VENV)/bin/python
INSTALL := $(IN_VENV) -m pip install --quiet --disable-pip-version-check --no-input
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-header --no-emit-index-url --no-emit-find-links
TEST_DATA := BROADSHEET_DATA=$${BROADSHEET_DATA:-.data/test}
# mypy reads the settings, which want an address for each server, but asks none of them.
NO_SERVERS := SECRET_KEY=only-for-the-type-checker-0123456789abcdefghijklmnop \
	DATABASE_URL=postgresql://nobody@nowhere/nothing REDIS_URL=redis://nowhere:6379/0

.DEFAULT_GOAL := help
.PHONY: help run test e2e test-replica lint bench quality drills fuzz audit sbom types messages lock clean
.DELETE_ON_ERROR:

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/installed-run ## start everything here, at http://127.0.0.1:8000 (PORT=, BROADSHEET_DATA=)
	@exec $(IN_VENV) -m config.run

test: $(VENV)/installed-dev ## run the whole suite (T= names a part of it)
	$(IN_VENV) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(T)

e2e: $(VENV)/installed-dev ## run the browser tests alone
	LOOKS=$${LOOKS:-all} $(IN_VENV) -m pytest -m e2e $(T)

test-replica: $(VENV)/installed-dev ## try reading from a replica: two PostgreSQL servers, one follows, lags, stops
	$(IN_VENV) -m pytest -m replica tests/replica $(T)

lint: $(VENV)/installed-dev ## check style, types, and that no migration is missing
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .
	$(MAKE) --no-print-directory types
	$(TEST_DATA) $(IN_VENV) manage.py makemigrations --check --dry-run

types: $(VENV)/installed-dev ## check the types alone
	$(NO_SERVERS) $(IN_VENV) -m mypy feeds accounts config

bench: $(VENV)/installed-dev ## measure what the README claims
	$(IN_VENV) -m benchmarks

quality: $(VENV)/installed-dev ## how good what is found is, beside plainer ways, on real data (DOCS= QUERIES= QRELS=)
	$(IN_VENV) -m benchmarks $(if $(DOCS)$(QUERIES)$(QRELS),finding,similar finding for_you)

drills: $(VENV)/installed-dev ## try hard days: hostile input, crowds, crashes (D= names some)
	$(IN_VENV) -m drills $(D)

messages: $(VENV)/installed-dev ## gather the words of pages and compile their translations (needs gettext)
	$(NO_SERVERS) $(IN_VENV) manage.py makemessages --all --no-location --no-obsolete --no-wrap \
		$(foreach place,benchmarks docs drills sample staticfiles tests,--ignore $(place))
	sed -i '/^"POT-Creation-Date/d' locale/*/LC_MESSAGES/django.po
	for found in locale/*/LC_MESSAGES/django.po; do msgfmt --check --output-file="$${found%.po}.mo" "$$found"; done

fuzz: $(VENV)/installed-dev $(VENV)-fuzz/installed ## ask the API all that its description allows (D= is handed on)
	$(IN_VENV) -m drills api $(D)

audit: $(VENV)-audit/installed ## look for known weaknesses in the dependencies (asks the index of packages)
	@$(VENV)-audit/bin/pip-audit --requirement requirements/run.txt --require-hashes --disable-pip --strict || { \
		echo "broadsheet: That is no pass: a weakness is known, or what is known could not be read." >&2; exit 1; }

sbom: $(VENV)-audit/installed ## list what the site is made of, as CycloneDX, in sbom.json
	@$(VENV)-audit/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-format JSON \
		--output-file sbom.json requirements/base.txt

lock: $(VENV)/installed-dev ## pin pyproject.toml's dependencies into requirements/, with hashes
	$(INSTALL) uv
	$(LOCK) pyproject.toml --output-file requirements/base.txt
	$(LOCK) pyproject.toml --extra embedded --output-file requirements/run.txt
	$(LOCK) pyproject.toml --extra embedded --extra dev --output-file requirements/dev.txt
	$(LOCK) requirements/fuzz.in --output-file requirements/fuzz.txt
	$(LOCK) requirements/audit.in --output-file requirements/audit.txt

clean: ## remove what the other commands made here, but no data
	rm -rf $(VENV) $(VENV)-fuzz $(VENV)-audit sbom.json .schemathesis .drills .data/test staticfiles .mypy_cache .ruff_cache .hypothesis benchmarks/results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "broadsheet: $(PYTHON) is not a Python 3.11 or newer; PYTHON=/usr/bin/python3.11 names another." >&2; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "broadsheet: $(PYTHON) cannot make a virtual environment; Debian has that in python3-venv." >&2; \
		exit 1; }
	@touch $@

$(VENV)/installed-%: requirements/%.txt $(VENV)/made
	@echo "broadsheet: Installing $< into $(VENV); this takes a minute or two, once." >&2
	@$(INSTALL) --require-hashes --requirement $<
	@touch $@

# Tools that stand apart: nothing else needs them, and pytest would load Schemathesis each time.
$(VENV)-%/installed: requirements/%.txt
	@$(PYTHON) -m venv $(VENV)-$*
	@echo "broadsheet: Installing $< into $(VENV)-$*." >&2
	@$(VENV)-$*/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
		--require-hashes --requirement $<
	@touch $@
