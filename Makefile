# Everything that needs Python packages uses the virtual environment .venv, made on first use from requirements.lock.

PYTHON ?= python3
AT_ONCE ?= 2
PART ?= 1/1
EXAMPLES ?= 200
ROUNDS ?= 5
REQUESTS ?= 5000
FLOWS ?= 500
ATTACKS ?= tests/resilience/torture tests/contract/running/test_http_messages.py tests/resilience/contention tests/resilience/interrupted tests/system/end_to_end tests/resilience/soak tests/system/worlds_at_once tests/system/postgres tests/system/docker/test_attacked.py
PROSE ?= README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md .github docs features orchestrator registration_sandbox simulators steps bench tests recipes deploy Makefile Dockerfile docker-compose.yml
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCKED := $(VENV)/.locked

unexport PYTHONDONTWRITEBYTECODE  # or each of the hundreds of processes that tests start compiles all modules again

.PHONY: demo up test specification report power mutants torture check docs bench clean

demo: $(READY)  ## play both flows end to end, telling each step
	@$(BIN)/sandbox demo

up: $(READY)  ## start the sandbox and keep it up
	@$(BIN)/sandbox up

test: $(READY)  ## lint, types, the specification with its branch gate, and every test
	$(MAKE) --jobs=2 check specification
	$(BIN)/python -m pytest -n $(AT_ONCE)

specification: $(READY)
	PYTHONWARNINGS="error:Undeclared refusal" $(BIN)/sandbox test --junit reports/junit --report reports/specification.html

report: $(READY)  ## play the specification and tell, in reports/specification.html, what it proves
	$(BIN)/sandbox test --report reports/specification.html

power: $(READY)  ## plant bugs, one at a time, and tell which of them the features catch; PART=1/3 plants a third
	$(BIN)/sandbox power --part $(PART) --json reports/power.json

mutants: $(READY)  ## change the pure rules, one place at a time, and list the changes that no unit test notices: a quarter of an hour
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-mutants.lock
	rm -rf mutants
	$(BIN)/mutmut run --max-children $(AT_ONCE)
	$(BIN)/mutmut results

torture: $(READY)  ## attack running sandboxes for many minutes: fuzzing by OpenAPI, HTTP framing, races, kills, fifty worlds at once, a soak; on PostgreSQL and in containers too where these are at hand; EXAMPLES=1000 REQUESTS=30000 ROUNDS=100 FLOWS=2000 attacks longer
	SANDBOX_THOROUGH=all SANDBOX_TORTURE_EXAMPLES=$(EXAMPLES) SANDBOX_TORTURE_REQUESTS=$(REQUESTS) SANDBOX_TORTURE_ROUNDS=$(ROUNDS) SANDBOX_TORTURE_FLOWS=$(FLOWS) $(BIN)/python -m pytest $(ATTACKS)

check: $(READY)  ## lint, types, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/python .ci/words.py $(PROSE)

docs: $(READY)  ## make the pages that come from the code, and the site of docs/ in build/site; a broken link is an error
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-docs.lock
	$(BIN)/python -m registration_sandbox.reference
	$(BIN)/zensical build --strict --clean

bench: $(READY)  ## ratios against peers and bare hops
	$(BIN)/python -m bench

clean:  ## remove what make and the sandbox have made
	rm -rf $(VENV) .sandbox reports build dist *.egg-info .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis mutants bench/.peers
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): $(LOCKED) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(READY)

$(LOCKED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with make PYTHON=python3.13")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.lock
	@touch $@
