# make chat    the chat over corpus/ at http://127.0.0.1:7860
# make test    lint, types and every test, with everything that they need
PYTHON ?= python3
VENV   ?= .venv
DATA   ?= data
PORT   ?= 7860
BIN    := $(VENV)/bin

.PHONY: chat test lint bench screenshots train-encoder train-reader

chat: $(VENV)/.installed
	$(BIN)/hoidap index corpus
	$(BIN)/hoidap chat --port $(PORT)

test: lint
	@command -v chromium >/dev/null || $(SUDO) sh -c 'apt-get update -q && apt-get install -qy --no-install-recommends chromium'
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-test
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	$(BIN)/python -m benchmarks.bm25
	$(BIN)/python -m benchmarks.encoder
	$(BIN)/python -m benchmarks.reader
	$(BIN)/python -m benchmarks.indexing
	$(BIN)/python -m benchmarks.cold_start

screenshots: $(VENV)/.installed-test
	$(BIN)/python -m docs.screenshots

train-encoder: $(VENV)/.installed-test
	$(BIN)/python -m qa.training.base_encoder --data $(DATA) --output build/base-encoder
	$(BIN)/python -m qa.training.train_encoder --base build/base-encoder --data $(DATA) --output build/encoder
	$(BIN)/python -m qa.training.mix --base build/base-encoder --tuned build/encoder/model --share 0.3 --output build/mixed
	$(BIN)/python -m qa.training.unmark --model build/mixed --data $(DATA) --output build/unmarked
	$(BIN)/python -m qa.training.export --model build/unmarked/model --output index/encoder_model
	$(BIN)/python -m qa.training.encoder_report --model index/encoder_model --data $(DATA)

train-reader: $(VENV)/.installed-test
	$(BIN)/python -m qa.training.train_reader --stage languages --data $(DATA) --output build/reader-languages
	$(BIN)/python -m qa.training.train_reader --stage vietnamese --data $(DATA) --output build/reader \
		--start build/reader-languages/reader.pt
	$(BIN)/python -m qa.training.export_reader --reader build/reader/reader.pt --output qa/reader_model
	$(BIN)/python -m qa.training.confidence $(DATA)/viqa/dev.jsonl.gz --plot docs/images/risk-coverage.svg
	$(BIN)/python -m qa.training.reader_report --data $(DATA) --reader build/reader/reader.pt \
		--card qa/reader_model/README.md

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
