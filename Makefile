# Everything a developer types; the work itself stands in infra/local/*.sh and python -m infra.local.
PORT ?= 8000
SHELL := bash
PY := .venv/bin/python

.PHONY: help run dev setup build test test-front pytest check check-python check-front fmt package bench mutate cost requirements wire admin deploy rollback redrive destroy geoip

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: build  ## the whole product on http://127.0.0.1:$(PORT)
	@exec $(PY) -m infra.local --port $(PORT)

dev: build  ## the same, reloading on every change
	@exec $(PY) -m infra.local --port $(PORT) --reload

setup:  ## Python and Node packages and the GeoIP database; a no-op when nothing changed
	@infra/local/setup.sh

build: setup  ## widget and panel, when their sources changed
	@infra/local/build.sh widget widget
	@infra/local/build.sh panel panel widget/shared

test: build  ## everything CI runs
	@$(MAKE) --no-print-directory -j2 check-python check-front test-front
	@$(MAKE) --no-print-directory pytest

pytest: build
	@CHROMIUM_PATH="$$(infra/local/chromium.sh)" \
		$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: setup  ## linters and types of both languages
	@$(MAKE) --no-print-directory -j2 check-python check-front

check-python:
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

check-front:
	@npm run check --workspaces --if-present
	@npx biome check tests

# After its checks: the two are one half of the machine, Python's checks the other.
test-front: check-front
	@npm test --workspaces --if-present

fmt: setup  ## format and fix what can be fixed
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .
	@npx biome check --write .

package: build  ## dist/package: the code for Lambda, the template, the front ends
	@$(PY) -m infra.package $(ARGS)

bench: build  ## measure the product's budgets
	@CHROMIUM_PATH="$$(infra/local/chromium.sh)" $(PY) -m tests.bench $(ARGS)

mutate: setup  ## take each condition of the database away by itself: a test must fail
	@$(PY) -m tests.mutate $(ARGS)

cost: setup  ## meter what a message costs on AWS, and write docs/costs.md
	@$(PY) -m infra.cost

requirements:  ## recompile the locks after a change of requirements*.in
	@infra/local/lock.sh

wire: setup  ## generate the front ends' types after a change of chalicelib/wire.py or a route
	@$(PY) -m infra.wire_types

admin: setup  ## create an admin: make admin EMAIL=… NAME=… on the running local stack, with STAGE=… on AWS
	@$(if $(STAGE),$(PY) -m infra.deploy admin "$(STAGE)" "$(EMAIL)" "$(NAME)" $(if $(COMPANY),--company "$(COMPANY)"),\
		infra/local/admin.sh "$(EMAIL)" "$(NAME)")

# Looks before it builds: a minute of packaging is no time to learn that nobody is signed in.
deploy: setup  ## put a stage on AWS: make deploy STAGE=prod (YES=1 agrees beforehand)
	@$(PY) -m infra.deploy check "$(STAGE)"
	@$(MAKE) --no-print-directory package
	@$(PY) -m infra.deploy deploy "$(STAGE)" $(if $(YES),--yes)

rollback: setup  ## back to the release before: make rollback STAGE=prod
	@$(PY) -m infra.deploy rollback "$(STAGE)" $(if $(YES),--yes)

redrive: setup  ## give failed records of the stream to fan-out once more: make redrive STAGE=prod
	@$(PY) -m infra.deploy redrive "$(STAGE)"

destroy: setup  ## take a stage away, its data only with DATA=delete: make destroy STAGE=test
	@$(PY) -m infra.deploy destroy "$(STAGE)" $(if $(DATA),--data "$(DATA)")

# Exported, not an argument of the command: those everybody on the machine can read.
geoip: export MAXMIND_LICENSE_KEY := $(or $(KEY),$(MAXMIND_LICENSE_KEY))
geoip: setup  ## the GeoIP database as a layer: make geoip KEY=<MaxMind licence key> or FILE=<path>
	@$(PY) -m infra.deploy geoip $(if $(FILE),--file "$(FILE)")
