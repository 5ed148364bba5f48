# Everything here runs in .venv, which is made from the lock files when it is missing
# or older than they are. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The same defaults as in profiles.yml and macros/landing/list_files.sql.
DATABASE := $(or $(GLADLY_DATABASE_PATH),warehouse/gladly.duckdb)
EXTRACTS := $(or $(GLADLY_EXTRACTS_PATH),extracts/sample)
# What dbt, the docs and the report write: for another database a folder of its own.
TARGET_PATH := $(or $(DBT_TARGET_PATH),$(if $(filter-out warehouse/gladly.duckdb,$(DATABASE)),target/$(subst /,+,$(DATABASE:/%=%)),target))

# Which of the targets in profiles.yml is built: make build TARGET=spark. What Spark
# needs is in an environment of its own.
TARGET ?= local
SPARK_VENV := .venv-spark
SPARK_BIN := $(SPARK_VENV)/bin
SPARK_FILES := $(abspath $(dir $(DATABASE))spark)
export GLADLY_SPARK_PATH ?= $(SPARK_FILES)

# Superset too; its own database, its secrets and what it logs are below target.
SUPERSET_VENV := .venv-superset
SUPERSET_BIN := $(SUPERSET_VENV)/bin
SUPERSET_PORT ?= 8088
export SUPERSET_HOME ?= $(abspath $(TARGET_PATH))/superset
export SUPERSET_CONFIG_PATH := $(CURDIR)/scripts/superset_config.py

# What may be added on the command line: make build VARS='{include_personal_data: true}',
# make build BUILD_FLAGS=--full-refresh, make extract EXTRACT='pull --since 2025-01-01',
# make lock LOCK_FLAGS=--upgrade
VARS ?=
EXTRACT ?= pull
BUILD_FLAGS ?=
PYTEST_FLAGS ?=
LOCK_FLAGS ?=
FAULT_FLAGS ?=
FUZZ_FLAGS ?=
MUTANT_FLAGS ?=
SEEDS ?= 500 501
MINUTES ?= 60

# The checks build their own database, never the one above; so does the demo.
CHECKS := target/checks
DEMO := target/demo

export DBT_PROFILES_DIR := $(CURDIR)
# What draws docs and report and checks the project, and the sandbox, whose stories the
# docs show.
export PYTHONPATH := $(CURDIR)/tools:$(CURDIR)/sandbox/src
ifdef CI
export DBT_USE_COLORS := false
endif
DBT := $(BIN)/dbt --log-level warn
DBT_VARS := $(if $(VARS),--vars '$(VARS)')
BUILD_SITE := $(BIN)/python -m docs_site "$(DATABASE)"
# uv takes seconds where pip takes two minutes. It does not read pip's settings, so the index
# that they name is handed on.
INDEX = $(or $(PIP_INDEX_URL),$(shell $(BIN)/python -m pip config get global.index-url 2>/dev/null))
UV_OPTIONS = --quiet --system-certs $(addprefix --default-index ,$(INDEX))
INSTALL = $(BIN)/uv pip install $(UV_OPTIONS)
INSTALL_LOCKED = $(INSTALL) --no-deps --require-hashes --only-binary :all:
SQL_FOLDERS := $(wildcard models tests analyses)
PYTHON_FOLDERS := $(wildcard extractor sandbox scripts tools tests/python)
# One lock file for all Pythons and systems, without a trace of where it was resolved. With
# the hashes, what is installed is what was resolved, to the byte.
UV_COMPILE = $(BIN)/uv pip compile $(UV_OPTIONS) --universal --python-version 3.10 \
    --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(LOCK_FLAGS)
IN_PARALLEL := $(MAKE) --no-print-directory --keep-going --jobs=2 \
    $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c "import sys; sys.exit(None if (3, 10) <= sys.version_info < (3, 14) else 'Python 3.10 to 3.13 is needed; name one: make PYTHON=python3.11')"
	$(PYTHON) -m venv $(VENV)

$(BIN)/uv: requirements-uv.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	    --require-hashes --only-binary :all: --requirement requirements-uv.lock
	@touch $@

$(VENV)/.runtime: requirements.lock | $(BIN)/uv
	@echo "Installing $$(grep -c == requirements.lock) packages into $(VENV), once"
	@$(INSTALL_LOCKED) --python $(BIN)/python --requirement requirements.lock
	@touch $@

# halo, which MetricFlow's command line needs, is only published as source.
$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/uv
	@echo "Installing $$(grep -c == requirements-dev.lock) packages into $(VENV), once"
	@$(INSTALL_LOCKED) --no-binary halo --python $(BIN)/python --requirement requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@ $(VENV)/.runtime

# PySpark is published as source only: the jars of Spark with a little Python. So are
# three of the packages that speak with a thrift server.
$(SPARK_VENV)/.runtime: requirements-spark.lock | $(BIN)/uv
	@$(PYTHON) scripts/spark_check.py --java
	@[ -x $(SPARK_BIN)/python ] || $(PYTHON) -m venv $(SPARK_VENV)
	@echo "Installing $$(grep -c == requirements-spark.lock) packages into $(SPARK_VENV), once; a minute or two"
	@$(INSTALL_LOCKED) $(addprefix --no-binary ,pyspark pyhive pure-sasl thrift) \
	    --python $(SPARK_BIN)/python --requirement requirements-spark.lock
	@touch $@

# Two of its packages are published as source only.
$(SUPERSET_VENV)/.runtime: requirements-superset.lock | $(BIN)/uv
	@[ -x $(SUPERSET_BIN)/python ] || { \
	    $(PYTHON) -c "import sys; sys.exit(None if (3, 10) <= sys.version_info < (3, 13) else 'Superset needs Python 3.10 to 3.12; name one: make superset PYTHON=python3.11')" \
	    && $(PYTHON) -m venv $(SUPERSET_VENV); }
	@echo "Installing $$(grep -c == requirements-superset.lock) packages into $(SUPERSET_VENV), once"
	@$(INSTALL_LOCKED) $(addprefix --no-binary ,odfpy wtforms-json) \
	    --python $(SUPERSET_BIN)/python --requirement requirements-superset.lock
	@touch $@

.PHONY: build
build: build-$(TARGET) ## Build the tables and the docs from the extracts; on Spark: TARGET=spark

.PHONY: build-local
build-local: export DBT_TARGET_PATH := $(TARGET_PATH)
build-local: $(VENV)/.runtime
	@$(BIN)/python scripts/folder_check.py
	@echo "Building $(DATABASE) from $(EXTRACTS); what dbt says is in logs/dbt.log"
	@$(BIN)/python scripts/run_dbt.py $(DBT_VARS) -- $(BUILD_FLAGS) \
	    || { code=$$?; $(BIN)/python scripts/summary.py --warnings "$(DATABASE)"; exit $$code; }
	@$(BUILD_SITE)
	@$(BIN)/python scripts/summary.py "$(DATABASE)"

# DuckDB lands and checks, and erases; what is left is what Spark reads.
SPARK_BUILD = $(SPARK_BIN)/python scripts/run_spark.py --log-level warn --log-level-file info
.PHONY: build-spark build-thrift
build-spark build-thrift: export DBT_TARGET_PATH := $(TARGET_PATH)/$(TARGET)
build-spark build-thrift: export SPARK_CONF_DIR ?= $(CURDIR)/scripts/spark
build-spark build-thrift: $(VENV)/.runtime $(SPARK_VENV)/.runtime
	@$(SPARK_BIN)/python scripts/spark_check.py
	@$(BIN)/python scripts/folder_check.py
	@$(MAKE) --no-print-directory land-$(if $(filter-out 1,$(GLADLY_LANDING_TASKS)),in-shares,here)
	@echo "Building the tables with Spark; what dbt says is in logs/dbt.log"
	@$(SPARK_BUILD) build --target $(TARGET) --exclude-resource-type unit_test $(DBT_VARS) $(BUILD_FLAGS)

.PHONY: land-here
land-here:
	@echo "Landing $(EXTRACTS) in $(DATABASE)"
	@$(BIN)/python scripts/run_dbt.py --no-docs $(DBT_VARS) -- --selector landed
	@$(BIN)/python scripts/write_landed.py "$(DATABASE)" "$(GLADLY_SPARK_PATH)"

# Each worker lands a share; whom they erase is for Spark to find out.
LAND_IN_SHARES = $(BIN)/python scripts/land_on_spark.py
.PHONY: land-in-shares
land-in-shares:
	@echo "Landing $(EXTRACTS) on the workers of Spark, in $(GLADLY_LANDING_TASKS) shares at most"
	@$(LAND_IN_SHARES) land "$(GLADLY_SPARK_PATH)" $(DBT_VARS)
	@echo "Resolving ids with Spark"
	@$(SPARK_BUILD) build --target $(TARGET) --selector landed --exclude-resource-type unit_test \
	    --exclude-resource-type test $(DBT_VARS)
	@$(LAND_IN_SHARES) erase "$(GLADLY_SPARK_PATH)"

.PHONY: docs
docs: export DBT_TARGET_PATH := $(TARGET_PATH)
docs: $(VENV)/.runtime ## Write only the docs, of the database as it is
	@[ -f "$(DATABASE)" ] || { echo "$(DATABASE) is not there: run make build first" >&2; exit 1; }
	@$(BIN)/python scripts/run_dbt.py $(DBT_VARS) --no-tables
	@$(BUILD_SITE)
	@echo "Open $(TARGET_PATH)/site/index.html in a browser."

# MetricFlow reads target/semantic_manifest.json, whatever dbt's target path is.
.PHONY: metrics
metrics: export GLADLY_DATABASE_PATH := $(DATABASE)
metrics: $(VENV)/.dev ## List the metrics, or ask: QUERY='--metrics sla_rate --group-by metric_time__week'
	@[ -z '$(if $(QUERY),asked)' ] || [ -f "$(DATABASE)" ] || { echo "$(DATABASE) is not there: run make build first" >&2; exit 1; }
	@$(DBT) parse --target-path target $(DBT_VARS)
	@$(if $(QUERY),$(BIN)/python -m metric_query $(QUERY),$(BIN)/mf list metrics)

.PHONY: report
report: $(VENV)/.runtime ## Write the report, of the database as it is
	@$(BIN)/python -m report "$(DATABASE)" --out "$(TARGET_PATH)/report.html"

.PHONY: superset
superset: $(SUPERSET_VENV)/.runtime ## Import the dashboards into a Superset of this machine
	@[ -f "$(DATABASE)" ] || { echo "$(DATABASE) is not there: run make build first" >&2; exit 1; }
	@mkdir -p -m 700 $(SUPERSET_HOME)
	@echo "Importing dashboards/superset; what Superset says is in $(SUPERSET_HOME)/import.log"
	@$(SUPERSET_BIN)/python scripts/superset_import.py "$(DATABASE)" > $(SUPERSET_HOME)/import.log 2>&1 \
	    || { tail -n 20 $(SUPERSET_HOME)/import.log >&2; exit 1; }
	@echo "Start it with make superset-serve and open http://127.0.0.1:$(SUPERSET_PORT)/dashboard/list/"
	@echo "The user is admin, the password is in $(SUPERSET_HOME)/admin_password"

# Only this machine is answered.
.PHONY: superset-serve
superset-serve: $(SUPERSET_VENV)/.runtime ## Start Superset, after make superset: SUPERSET_PORT=8088
	@[ -f "$(SUPERSET_HOME)/superset.db" ] || { echo "Nothing is imported yet: run make superset first" >&2; exit 1; }
	@echo "Superset is at http://127.0.0.1:$(SUPERSET_PORT)/dashboard/list/; Ctrl+C ends it"
	@$(SUPERSET_BIN)/gunicorn --bind 127.0.0.1:$(SUPERSET_PORT) --workers 2 --threads 4 --timeout 120 \
	    --log-level warning "superset.app:create_app()"

# The folder may be in a bucket; what that takes is no part of a build.
$(VENV)/.s3: requirements-dev.lock | $(VENV)/.runtime
	@$(INSTALL) --only-binary :all: --python $(BIN)/python --constraint requirements-dev.lock s3fs
	@touch $@

.PHONY: extract
extract: $(VENV)/.runtime $(if $(findstring s3://,$(GLADLY_EXTRACTS_PATH)),$(VENV)/.s3) ## Pull extracts: EXTRACT='check', 'pull --dry-run', …
	@PYTHONPATH=extractor/src $(BIN)/python -m gladly_extract $(EXTRACT)

.PHONY: demo
demo: export GLADLY_EXTRACTS_PATH = $(DEMO)/extracts
demo: export GLADLY_DATABASE_PATH = $(DEMO)/gladly.duckdb
demo: export DBT_TARGET_PATH = $(DEMO)/dbt
demo: $(VENV)/.dev ## Serve a simulated company, pull half a year of it, build, report
	@rm -rf $(DEMO)
	@mkdir -p $(DEMO)
	@$(BIN)/python scripts/demo.py $(DEMO)/extracts
	@$(MAKE) --no-print-directory build VARS='{reporting_timezone: Europe/London}'
	@$(BIN)/python -m report $(DEMO)/gladly.duckdb --out $(DEMO)/report.html
	@echo "Open $(DEMO)/dbt/site/index.html and $(DEMO)/report.html in a browser; the extracts are in $(DEMO)/extracts."

.PHONY: screenshots
screenshots: $(VENV)/.dev ## Picture report and docs of the demo, at three widths, light and dark
	@[ -f $(DEMO)/report.html ] || $(MAKE) --no-print-directory demo
	@$(BIN)/python -m screenshots $(DEMO)/report.html $(DEMO)/dbt/site

.PHONY: sample
sample: $(VENV)/.dev ## Write extracts/sample anew from the sandbox's stories
	rm -rf extracts/sample
	$(BIN)/gladly-sandbox write --stories --out extracts/sample

.PHONY: benchmark
benchmark: $(VENV)/.dev ## Measure builds of large tenants into benchmarks/RESULTS.md: SIZES='10000 100000'
	$(BIN)/python -m benchmarks.scale $(SIZES)

.PHONY: benchmark-landing
benchmark-landing: $(VENV)/.dev ## Measure how fast large extracts land
	$(BIN)/python -m benchmarks.landing

.PHONY: benchmark-identity
benchmark-identity: $(VENV)/.dev ## Measure how fast a million ids resolve
	$(BIN)/python -m benchmarks.identity

.PHONY: benchmark-spark
benchmark-spark: $(VENV)/.dev $(SPARK_VENV)/.runtime ## Measure a small Spark cluster beside DuckDB: SIZES='10000 100000'
	@$(SPARK_BIN)/python scripts/spark_check.py
	$(BIN)/python -m benchmarks.spark_cluster $(SIZES)

.PHONY: faults
faults: $(VENV)/.runtime ## Kill builds, break databases: the next build must mend it (FAULT_FLAGS='--kills 5')
	@$(BIN)/python scripts/try_faults.py $(FAULT_FLAGS)

# Three tenants: the sample, and two that the sandbox plays.
DETERMINISM := target/determinism
.PHONY: determinism
determinism: $(VENV)/.dev ## Build three tenants in other surroundings, steps and orders: equal hashes
	@rm -rf $(DETERMINISM)
	@for seed in 11 12; do \
	    $(BIN)/gladly-sandbox write --customers 60 --scenes --seed $$seed --out $(DETERMINISM)/$$seed || exit; \
	done
	@for extracts in extracts/sample $(DETERMINISM)/11 $(DETERMINISM)/12; do \
	    echo "$$extracts"; \
	    $(BIN)/python scripts/try_faults.py --kills 0 --no-faults --extracts "$$extracts" || exit; \
	done

.PHONY: fuzz
fuzz: export PYTHONPATH := $(PYTHONPATH):$(CURDIR)/tests/python
fuzz: $(VENV)/.dev ## Damage extracts for a time: MINUTES=60, FUZZ_FLAGS='--seed 7 --keep'
	@$(BIN)/python -m fuzz --minutes $(MINUTES) $(FUZZ_FLAGS)

.PHONY: thinned
thinned: $(VENV)/.dev ## Judge every value of tenants of which chance left parts: SEEDS='500 501'
	@THINNED_SEEDS='$(SEEDS)' $(BIN)/pytest -k thinned tests/python/test_partial_tenants.py

# What dbt compiles and runs for the unit tests is what is broken.
MUTANTS := target/mutants
.PHONY: mutants
mutants: export GLADLY_DATABASE_PATH = $(MUTANTS)/gladly.duckdb
mutants: export GLADLY_EXTRACTS_PATH = extracts/sample
mutants: export DBT_TARGET_PATH = $(MUTANTS)
mutants: export DBT_LOG_PATH = $(MUTANTS)
mutants: $(VENV)/.dev ## Break the models in seventy ways and list what no test notices: MUTANT_FLAGS='--most 0'
	@rm -rf $(MUTANTS)
	@mkdir -p $(MUTANTS)
	@$(DBT) build --exclude-resource-type test
	@$(DBT) compile
	@$(BIN)/python -m mutants --target $(MUTANTS) $(MUTANT_FLAGS)

.PHONY: test
test: $(VENV)/.dev ## Run every check; this is what CI runs
	@echo "Running all checks, two at a time; what each has to say is shown when it ends"
	@$(IN_PARALLEL) pytest check-build lint check-project

# Builds in the database of `make build`, so that what the changed models read is there.
.PHONY: check
check: $(VENV)/.dev ## Check only what has changed since the last commit, or SINCE=main
	@$(BIN)/python -m checks.changed $(if $(SINCE),--since $(SINCE))

.PHONY: lint
lint: lint-sql lint-yaml lint-python ## Lint SQL, YAML and Python

# Macros render nothing by themselves: only their layout can be linted, their SQL is
# where a model calls them.
.PHONY: lint-sql
lint-sql: $(VENV)/.dev
	@$(BIN)/sqlfluff lint --disable-progress-bar $(SQL_FOLDERS)
	@$(BIN)/sqlfluff lint --disable-progress-bar --rules JJ01,LT05,LT12,LT13 macros

.PHONY: lint-yaml
lint-yaml: $(VENV)/.dev
	@$(BIN)/yamllint --strict .

.PHONY: lint-python
lint-python: $(VENV)/.dev
	@$(BIN)/ruff check --quiet $(PYTHON_FOLDERS)
	@$(BIN)/ruff format --quiet --diff $(PYTHON_FOLDERS)
	@$(BIN)/mypy

.PHONY: check-project
check-project: check-yaml check-workflows check-manifest check-house-rules check-spark ## Check the project without building it

# dbt 2 enforces these schemas; dbt 1.11 ships them and does not use them with DuckDB.
.PHONY: check-yaml
check-yaml: $(VENV)/.dev
	@$(BIN)/python -m checks.yaml_schemas

.PHONY: check-workflows
check-workflows: $(VENV)/.dev
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml

# Deprecated keys, unused configuration and all other warnings are errors here.
.PHONY: parse
parse: export GLADLY_DATABASE_PATH = $(CHECKS)/gladly.duckdb
parse: export DBT_TARGET_PATH = target
parse: $(VENV)/.dev
	@$(DBT) --warn-error --no-partial-parse parse

.PHONY: check-manifest
check-manifest: parse
	@if [ -x $(BIN)/dbt-bouncer ]; then $(BIN)/dbt-bouncer run --show-all-failures; \
	    else echo 'dbt-bouncer needs Python 3.11 or newer: left out'; fi

.PHONY: check-house-rules
check-house-rules: parse
	@$(BIN)/python -m checks.house_rules target/manifest.json
	@$(BIN)/python -m checks.house --quiet target/manifest.json

.PHONY: house
house: parse ## Count the models: folders, what they read, longest path, words of names
	@$(BIN)/python -m checks.house target/manifest.json

# Only where Java is and `make build TARGET=spark` or `make test-spark` has installed Spark.
.PHONY: check-spark
check-spark: export SPARK_CONF_DIR = $(CURDIR)/tools/spark_small
check-spark:
	@if command -v java >/dev/null && [ -f $(SPARK_VENV)/.runtime ]; then \
	        $(SPARK_BIN)/python -m checks.spark_sql --target target/spark-sql; \
	    else echo 'Spark is not installed here: whether it takes the SQL is left out'; fi

# The sample in both engines, in a database and a folder of their own; then the random
# tenants that are asked for.
TENANTS ?=
ZONES ?= UTC America/New_York
SPARK_CHECKS := target/spark-checks
.PHONY: test-spark
test-spark: export GLADLY_DATABASE_PATH = $(CURDIR)/$(SPARK_CHECKS)/gladly.duckdb
test-spark: export GLADLY_EXTRACTS_PATH ?= extracts/sample
test-spark: export GLADLY_SPARK_PATH = $(CURDIR)/$(SPARK_CHECKS)/spark
test-spark: export DBT_TARGET_PATH = $(SPARK_CHECKS)/dbt
test-spark: export DBT_LOG_PATH = $(SPARK_CHECKS)
test-spark: export SPARK_CONF_DIR = $(CURDIR)/tools/spark_small
test-spark: $(VENV)/.dev $(SPARK_VENV)/.runtime ## Compare DuckDB and Spark on the sample, and on random tenants: TENANTS='1 2 3'
	@rm -rf $(SPARK_CHECKS)
	@mkdir -p $(SPARK_CHECKS)
	@$(MAKE) --no-print-directory build TARGET=spark VARS='$(VARS)'
	@$(DBT) build --exclude-resource-type test --exclude-resource-type unit_test $(DBT_VARS)
	@$(BIN)/python -m checks.same_on_spark $(GLADLY_DATABASE_PATH) $(GLADLY_SPARK_PATH)/tables
	@$(if $(TENANTS),$(MAKE) --no-print-directory test-spark-tenants)

.PHONY: test-spark-tenants
test-spark-tenants: export SPARK_CONF_DIR = $(CURDIR)/tools/spark_small
test-spark-tenants: export PYTHONPATH := $(PYTHONPATH):$(CURDIR)/scripts
test-spark-tenants: $(VENV)/.dev $(SPARK_VENV)/.runtime
	@$(BIN)/python -m checks.tenants_on_spark $(TENANTS) --zones '$(ZONES)' \
	    --folder $(SPARK_CHECKS)/tenants --python $(SPARK_BIN)/python

# The dashboards in a Superset of their own, over the sample, in a browser.
SUPERSET_CHECKS := target/superset-checks
.PHONY: test-superset
test-superset: export GLADLY_DATABASE_PATH = $(CURDIR)/$(SUPERSET_CHECKS)/gladly.duckdb
test-superset: export GLADLY_EXTRACTS_PATH = extracts/sample
test-superset: export DBT_TARGET_PATH = $(SUPERSET_CHECKS)/dbt
test-superset: export DBT_LOG_PATH = $(SUPERSET_CHECKS)
test-superset: export SUPERSET_HOME = $(CURDIR)/$(SUPERSET_CHECKS)/superset
test-superset: $(VENV)/.dev $(SUPERSET_VENV)/.runtime ## Open the dashboards of a real Superset: numbers as in SQL
	@rm -rf $(SUPERSET_CHECKS)
	@mkdir -p $(SUPERSET_CHECKS)
	@$(DBT) build --exclude-resource-type test --exclude-resource-type unit_test
	@$(MAKE) --no-print-directory superset
	@$(BIN)/pytest $(PYTEST_FLAGS) tests/python/superset_dashboards.py

# Of what `make parse` has read: nothing has changed since.
.PHONY: build-sample
build-sample check-build: export GLADLY_DATABASE_PATH = $(CHECKS)/gladly.duckdb
build-sample check-build: export GLADLY_EXTRACTS_PATH = extracts/sample
build-sample check-build: export DBT_TARGET_PATH = $(CHECKS)
build-sample check-build: export DBT_LOG_PATH = $(CHECKS)
build-sample: parse
	@rm -rf $(CHECKS)
	@mkdir -p $(CHECKS)
	@cp target/partial_parse.msgpack $(CHECKS)
	@$(MAKE) --no-print-directory build

.PHONY: check-build
check-build: build-sample ## Build the sample with its data tests and docs, and look at what is there
	@$(BIN)/python scripts/summary.py --strict $(CHECKS)/gladly.duckdb
	@$(BIN)/python -m checks.columns_documented $(CHECKS)/gladly.duckdb $(CHECKS)/manifest.json
	@$(BIN)/python -m checks.plans $(CHECKS)/gladly.duckdb $(CHECKS)/manifest.json

# They read the sample that is built for the check above.
.PHONY: pytest
pytest: export GLADLY_TESTS_SAMPLE = $(CURDIR)/$(CHECKS)
pytest: build-sample ## Run the Python and acceptance tests, and the unit tests of the models
	@$(BIN)/pytest --hypothesis-profile=ci --numprocesses=2 --dist=loadfile \
	    --no-loadscope-reorder --max-worker-restart=0 $(PYTEST_FLAGS)

.PHONY: format
format: $(VENV)/.dev ## Format SQL and Python
	$(BIN)/sqlfluff fix --disable-progress-bar $(SQL_FOLDERS)
	$(BIN)/ruff check --fix $(PYTHON_FOLDERS)
	$(BIN)/ruff format $(PYTHON_FOLDERS)

.PHONY: lock
lock: $(BIN)/uv ## Resolve the lock files anew from pyproject.toml
	$(UV_COMPILE) pyproject.toml --extra dbt --extra extract --extra s3 --extra dev --output-file requirements-dev.lock
	$(UV_COMPILE) pyproject.toml --extra dbt --extra extract --constraint requirements-dev.lock --output-file requirements.lock
	$(UV_COMPILE) pyproject.toml --extra spark --constraint requirements-dev.lock --output-file requirements-spark.lock
	$(UV_COMPILE) pyproject.toml --extra superset --output-file requirements-superset.lock
	$(UV_COMPILE) --group install --output-file requirements-uv.lock

# CycloneDX, with the hashes; what the lock file pins for any Python or system is listed.
.PHONY: sbom
sbom: $(VENV)/.dev ## Write the bill of materials of what make build installs
	@mkdir -p target
	@$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application \
	    --output-reproducible --output-format JSON --output-file target/sbom.json requirements.lock
	@echo "Wrote target/sbom.json"

.PHONY: clean
clean: ## Remove the environments, target, logs and caches; databases stay
	rm -rf $(VENV) $(SPARK_VENV) $(SUPERSET_VENV) target logs .mypy_cache .pytest_cache .ruff_cache .hypothesis
