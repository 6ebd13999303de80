# danchu: make run | test | check | bench
PY := .venv/bin/python
PORT ?= 8000
export PORT
export UV_NO_PROGRESS=1

.PHONY: run test check fast bench bench-nation bench-reading test-long lock messages env dev clean

run: .venv/.runtime ## prepare everything on first use and start the product
	@.venv/bin/danchu start --port $(PORT)

.venv/bin/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "danchu cần Python 3.11 trở lên (needs Python 3.11 or later)"; exit 1; }
	@python3 -m venv .venv || { echo "Thiếu python3-venv: apt install python3-venv (python3-venv is missing)"; exit 1; }

# --no-deps: the lock names every distribution, nothing is left to work out. (An older pip that does
# warns of an extra of lxml that it knows by the other spelling.)
.venv/.runtime: requirements/runtime.txt pyproject.toml | .venv/bin/python
	@echo "Đang cài các thư viện đã khóa phiên bản (installing locked requirements)…"
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/runtime.txt
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

env: .venv/.runtime
dev: .venv/.dev

test: .venv/.dev ## every check, on both databases, with a real browser
	@scripts/test

check: .venv/.dev ## lint, types, import contracts, fast tests
	@scripts/check

fast: .venv/.dev
	@scripts/check fast

test-long: .venv/.dev
	@scripts/test long

bench: .venv/.dev ## the budgets of the design, each as a ratio
	@$(PY) -m bench

bench-nation: .venv/.dev ## the lines of the whole nation, on PostgreSQL (SCALE=province to try it)
	@$(PY) -m bench.nation --scale $(or $(SCALE),nation)

bench-reading: .venv/.dev ## reading against marked texts: CORPUS=FOLDER (articles/*.txt, gold/*.json)
	@test -n "$(CORPUS)" || { echo "make bench-reading CORPUS=FOLDER: name the folder of marked texts (articles/*.txt, gold/*.json)" >&2; exit 2; }
	@$(PY) -m bench.reading_quality $(if $(VERBOSE),--verbose) "$(CORPUS)"

lock: ## renew the locked requirements (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/runtime.in -o requirements/runtime.txt -q
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/dev.in -o requirements/dev.txt -q

messages: .venv/.dev ## renew the English catalogue from the sources (needs gettext)
	cd src/danchu && DANCHU_DATA=../../.cache/messages ../../.venv/bin/django-admin makemessages --settings danchu.settings -l en --no-location --no-obsolete && DANCHU_DATA=../../.cache/messages ../../.venv/bin/django-admin compilemessages --settings danchu.settings -l en

clean:
	rm -rf .venv .cache build src/*.egg-info
