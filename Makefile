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
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -m benchmarks.cold_start
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.batches
	$(BIN)/python -m benchmarks.first_sign
	$(BIN)/python -m benchmarks.bulk

screenshots: $(VENV)/.installed-test
	$(BIN)/python -m docs.screenshots

train-encoder: $(VENV)/.installed-test
	$(BIN)/python -m qa.training.base_encoder --data $(DATA) --output build/base-encoder
	$(BIN)/python -m qa.training.train_encoder --base build/base-encoder --data $(DATA) --output build/encoder
	$(BIN)/python -m qa.training.unmark --data $(DATA) --model build/encoder/model --output build/unmarked --seed 2
	$(BIN)/python -m qa.training.export --model build/unmarked/model --output index/encoder_model
	$(BIN)/python -m qa.training.encoder_report --model index/encoder_model --data $(DATA)

# Two readers, each through the other languages and Vietnamese; two that learn from their mean to choose among what is
# found; the mean of those.
MEAN   := $(BIN)/python -m qa.training.average
STAGE  := $(BIN)/python -m qa.training.train_reader --data $(DATA) --stage
train-reader: $(VENV)/.installed-test
	$(STAGE) languages --output build/languages-one
	$(STAGE) languages --seed 2 --output build/languages-two
	$(STAGE) vietnamese --start build/languages-one/reader.pt --output build/reader-one
	$(STAGE) vietnamese --start build/languages-two/reader.pt --seed 2 --output build/reader-two
	$(MEAN) build/reader-one/reader.pt build/reader-two/reader.pt --output build/mean.pt
	$(STAGE) choosing --start build/mean.pt --seed 11 --output build/choosing-one
	$(STAGE) choosing --start build/mean.pt --seed 21 --output build/choosing-two
	$(MEAN) build/choosing-one/reader.pt build/choosing-two/reader.pt --output build/reader.pt
	$(BIN)/python -m qa.training.export_reader --reader build/reader.pt --output qa/reader_model
	$(BIN)/python -m qa.training.confidence $(DATA)/viqa/dev.jsonl.gz --plot docs/images/risk-coverage.svg
	$(BIN)/python -m qa.training.reader_report --data $(DATA) --reader build/reader.pt --card qa/reader_model/README.md

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
