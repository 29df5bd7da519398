# Everything that needs Python packages uses the virtual environment .venv, made on first use from requirements.lock.

PYTHON ?= python3
AT_ONCE ?= 3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo up test report check bench clean

demo: $(READY)  ## play both flows end to end, telling each step
	@$(BIN)/sandbox demo

up: $(READY)  ## start the sandbox and keep it up
	@$(BIN)/sandbox up

test: check  ## lint, types, the specification with its branch gate, and every test
	$(BIN)/sandbox test --junit reports/junit --report reports/specification.html
	$(BIN)/python -m pytest -n $(AT_ONCE)

report: $(READY)  ## play the specification and tell, in reports/specification.html, what it proves
	$(BIN)/sandbox test --report reports/specification.html

check: $(READY)  ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)  ## ratios against peers and bare hops
	$(BIN)/python -m bench

clean:  ## remove what make and the sandbox have made
	rm -rf $(VENV) .sandbox reports build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis bench/.peers
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with make PYTHON=python3.13")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(READY)
