# make demo   the main job: sets up what it needs, builds the graph, tells the case, writes out/
# make test   format, lint, types and all tests; sets up what they need, a Chromium included
# make check  format, lint and types alone
# make bench  speed beside named peers, one run
# make docs   rewrite the generated pages of docs/
# make lock   resolve requirements.lock anew

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: demo test check bench docs lock browser clean

demo: $(VENV)/run
	$(BIN)/kg demo --out out

test: $(VENV)/dev browser check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/dev
	$(BIN)/python bench/bundled.py

docs: $(VENV)/dev
	$(BIN)/python -m tools.docs

# the tested versions, each with its digest; the product itself is installed from this folder
$(VENV)/run: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) install --no-deps -e .
	touch $@

$(VENV)/dev: $(VENV)/run requirements-dev.lock
	$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	touch $@

# Debian's Chromium; where it can be neither found nor installed the browser tests say so and are skipped
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if command -v apt-get >/dev/null; then \
	  SUDO=; [ "$$(id -u)" = 0 ] || SUDO="sudo -n"; \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends chromium >/dev/null || \
	  echo "no Chromium could be installed; the browser tests are skipped" >&2; \
	else echo "no Chromium here; the browser tests are skipped" >&2; fi

lock: $(VENV)/dev
	$(BIN)/python -m pip -q install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) out build dist
