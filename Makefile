# make test     sets up whatever is missing, then checks everything (what CI runs)
# make lint     style and types alone
# make bench    measures perfgen beside its peers (docs/performance.md)
# make samples  writes the sample workbooks in inputs/ anew
# make rules    writes docs/检查规则.md and the lists of styles anew, from the code itself
# make truth    measures the checks on tests/truth/, writes docs/检查效果.md
# make coverage branch coverage of the tests, subprocesses counted (as long as make test, and half more)
# make fuzz     half an hour of spoilt files; SECONDS=60 TARGETS="workbook layout" SEED=7
# make properties   thousands of examples for each property; EXAMPLES=5000
# make kills    200 builds killed at random moments; KILLS=200
# make mutation small faults put into figures/, model/, checks/; COUNT=200 SEED=3 ROOMS="figures"
# make hostile  what each file of the hostile collection costs: 2 s and 300 MB at most
# make audit    asks the advisories of PyPI about every locked package (needs the network)
# make lock     renews the lock files; make lock UPGRADE=--upgrade takes newer versions
# make offline  writes a zip for machines without network to dist/; PLATFORMS="linux-aarch64" names
#               others than windows-x86_64 and linux-x86_64; COMPARE=1 only says what has wheels
# make clean    removes what can be made again

PYTHON := .venv/bin/python
PYTEST_OPTIONS ?= --numprocesses auto
UPGRADE ?=
PLATFORMS ?=
COMPARE ?=
UV_COMPILE = compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(UPGRADE)

SECONDS ?= 1800
TARGETS ?=
SEED ?= 1
EXAMPLES ?= 3000
KILLS ?= 200
COUNT ?= 40
ROOMS ?=

.PHONY: test lint bench samples rules truth lock offline clean pdf-tools \
	coverage fuzz properties kills mutation hostile audit

test: lint pdf-tools
	$(PYTHON) -m pytest $(PYTEST_OPTIONS)

lint: .venv/ready-dev
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy

coverage: .venv/ready-dev pdf-tools
	$(PYTHON) -m coverage erase
	$(PYTHON) -m coverage run -m pytest $(PYTEST_OPTIONS)
	$(PYTHON) -m coverage combine --quiet
	$(PYTHON) -m coverage report

fuzz: .venv/ready-dev
	$(PYTHON) tests/fuzz/fuzz.py --seconds $(SECONDS) --seed $(SEED) $(TARGETS)

properties: .venv/ready-dev
	PERFGEN_EXAMPLES=$(EXAMPLES) $(PYTHON) -m pytest $(PYTEST_OPTIONS) tests/properties

kills: .venv/ready-dev
	PERFGEN_KILLS=$(KILLS) $(PYTHON) -m pytest -n 0 tests/test_kills.py

mutation: .venv/ready-dev
	$(PYTHON) tests/mutation/mutate_code.py --count $(COUNT) --seed $(SEED) $(ROOMS)

hostile: .venv/ready-dev
	$(PYTHON) benchmarks/hostile_workbooks.py

audit: .venv/ready-dev
	$(PYTHON) tests/audit/audit_packages.py

bench: .venv/ready-dev
	$(PYTHON) benchmarks/run.py

samples: .venv/ready-dev
	$(PYTHON) inputs/make_samples.py
	$(PYTHON) inputs/make_pictures.py

rules: .venv/ready-dev
	$(PYTHON) -m perfgen.checks.document docs/检查规则.md
	$(PYTHON) -m perfgen.render.looks.guide docs/添加版式.md docs/adding-a-layout.md

truth: .venv/ready-dev
	$(PYTHON) tests/truth/run.py docs/检查效果.md
	PERFGEN_ALL=1 $(PYTHON) -m pytest $(PYTEST_OPTIONS) tests/truth/test_narratives.py

.venv/ready-dev: requirements.lock requirements-dev.lock pyproject.toml
	@./perfgen --setup-only
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Tests look at the pages of PDFs with poppler's tools.
pdf-tools:
	@command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "安装测试用的系统软件包：poppler-utils"; \
		apt-get -qq update && apt-get -qq -y --no-install-recommends install poppler-utils; \
	else \
		echo "测试需要 pdftotext 和 pdftoppm，请运行：sudo apt-get install -y poppler-utils"; \
		exit 2; \
	fi

# Hashes of every file of a release are locked, so one lock serves all systems; addresses are not.
lock:
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	python3 -m venv "$$tools" && \
	"$$tools/bin/pip" install --quiet --disable-pip-version-check uv && \
	"$$tools/bin/uv" pip $(UV_COMPILE) --extra web pyproject.toml --output-file requirements.lock && \
	"$$tools/bin/uv" pip $(UV_COMPILE) --constraint requirements.lock \
		--group dev --extra web pyproject.toml --output-file requirements-dev.lock

offline:
	@./perfgen --setup-only
	$(PYTHON) offline/pack.py $(if $(COMPARE),--compare) $(PLATFORMS)

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
