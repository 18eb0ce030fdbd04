# make run     installs what is missing, opens the demonstration community, serves it
# make test    installs what tests need too, and runs every check there is
# make setup   installs only
# make laws    compares PAIRS of worlds from SEED on, on both databases; make test compares a share
# make format  puts the sources in order; make messages brings the catalogues up to date

PYTHON ?= python3
BIN := .venv/bin
PO := $(wildcard src/entregent/locale/*/LC_MESSAGES/django.po)
MO := $(PO:.po=.mo)
SUM = $(shell cat pyproject.toml $(1) | cksum | cut -d' ' -f1)
PRODUCT := .venv/.product-$(call SUM,requirements.lock)
GATE := .venv/.gate-$(call SUM,requirements-dev.lock)
BESIDE := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

PAIRS ?= 2000
SEED ?= 0
FIGURES := .laws

export ENTREGENT_HOME ?= $(CURDIR)/.entregent
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run setup test check format-check lint types floors migrations catalogues \
        test-sqlite test-postgres journeys covered laws laws-sqlite laws-postgres format messages lock

run: $(PRODUCT) $(MO)
	@$(BIN)/entregent demo --serve

setup: $(GATE) $(MO)

test: $(GATE) $(MO)
	@$(BIN)/python tools/system.py chromium gettext
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory -j2 -k $(BESIDE) test-sqlite test-postgres journeys covered

check: format-check lint types floors migrations catalogues

format-check: $(GATE)
	$(BIN)/ruff format --check .

lint: $(GATE)
	$(BIN)/ruff check .

types: $(GATE)
	$(BIN)/mypy

floors: $(GATE)
	$(BIN)/lint-imports

migrations: $(GATE)
	$(BIN)/django-admin makemigrations --check --dry-run --settings entregent.config.settings

catalogues: $(GATE)
	@$(BIN)/python tools/system.py gettext
	$(BIN)/python tools/catalogues.py check

test-sqlite: $(GATE) $(MO)
	ENTREGENT_TEST_DB=sqlite $(BIN)/pytest -m "not journey"

test-postgres: $(GATE) $(MO)
	ENTREGENT_TEST_DB=postgres $(BIN)/pytest -m "not journey"

# In a browser, against a server of their own: a third part, for whichever of the others ends first.
journeys: $(GATE) $(MO)
	ENTREGENT_TEST_DB=sqlite $(BIN)/pytest -m journey

# Every branch of who may see what is run by the part's own tests; what is compared with mutants is run already.
covered: $(GATE) $(MO)
	ENTREGENT_TEST_DB=sqlite $(BIN)/coverage run -m pytest -q tests/changes tests/circles tests/discretion tests/statements -k "not whatever_is_taken and not measured"
	$(BIN)/coverage report

laws: $(GATE) $(MO)
	@failed=0; rm -rf $(FIGURES); $(MAKE) --no-print-directory -j2 -k $(BESIDE:target=line) laws-sqlite laws-postgres || failed=1; \
	  $(BIN)/python -m tests.laws.worlds.joined $(FIGURES)/*.json || failed=1; exit $$failed

# PAIRS is how many there are in all, and scales the rest; the two databases share them, the histories and the mutants, so
# that they end together. Each has its own storms.
laws-sqlite: SHARE := 0-4/7
laws-postgres: SHARE := 5-6/7
laws-sqlite laws-postgres: laws-%: $(GATE) $(MO)
	@export ENTREGENT_TEST_DB=$*; failed=0; part="--every $$(( $(PAIRS) < 2000 ? 2000 / $(PAIRS) : 1 ))"; \
	  said="--share $(SHARE) --seed $(SEED)"; \
	  $(BIN)/python -m tests.laws.worlds.law $$said --pairs $(PAIRS) --into $(FIGURES)/$*.json || failed=1; \
	  $(BIN)/python -m tests.laws.worlds.survivors $$said $$part || failed=1; \
	  $(BIN)/python -m tests.laws.next_request $$said $$part --runs $$(( $(PAIRS) / 2 )) || failed=1; \
	  $(BIN)/python -m tests.laws.answers $$said $$part --runs $$(( $(PAIRS) * 5 )) || failed=1; \
	  $(BIN)/python -m tests.laws.storm --runs $$(( ($(PAIRS) + 99) / 100 )) || failed=1; \
	  test $* = postgres || $(BIN)/python -m tests.exchange.fuzz --runs $$(( $(PAIRS) * 50 )) --seed $(SEED) || failed=1; \
	  exit $$failed

format: $(GATE)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(GATE)
	@$(BIN)/python tools/system.py gettext
	$(BIN)/python tools/catalogues.py update

lock: $(GATE)
	$(BIN)/python tools/lock.py

%.mo: %.po | $(PRODUCT)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Entregent needs Python 3.11 or newer. Name one: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	$(PYTHON) -m venv .venv

$(PRODUCT): | $(BIN)/pip
	$(BIN)/pip install -qq --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install -qq --no-deps --no-build-isolation --editable .
	@rm -f .venv/.product-* && touch $@

$(GATE): $(PRODUCT)
	$(BIN)/pip install -qq --no-deps --require-hashes -r requirements-dev.lock
	@rm -f .venv/.gate-* && touch $@
