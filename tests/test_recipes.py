"""The recipes of ``docs/api.md``, as they stand there, over an index of the corpus."""

import re
from pathlib import Path

import pytest

from index import build_index, retrieve

pytestmark = [pytest.mark.models, pytest.mark.recipes]

DOCS = Path(__file__).parents[1] / "docs" / "api.md"
QUESTION = "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"


def recipe(name: str) -> str:
    """The code below a heading."""
    part = DOCS.read_text(encoding="utf-8").split(f"### {name}\n", 1)[1]
    return re.search(r"```python\n(.*?)```", part, re.DOTALL)[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recipes") / "index"
    build_index([Path(__file__).parents[1] / "corpus"], index=folder)
    return folder


@pytest.mark.parametrize("name", ["LangChain", "Haystack"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_recipe_gives_the_hits_of_retrieve_and_takes_twenty_lines(name, folder, monkeypatch):
    monkeypatch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")
    code = recipe(name)
    assert len([line for line in code.splitlines() if line.strip()]) <= 20
    namespace = {"__name__": name}
    exec(compile(code, f"docs/api.md {name}", "exec"), namespace)
    documents = namespace["ask"](QUESTION, folder=str(folder), k=3)
    expected = [hit.to_dict() for hit in retrieve(QUESTION, k=3, index=folder)]
    given = [
        (getattr(document, "page_content", None) or document.content, metadata["article"], metadata["start"])
        for document in documents
        for metadata in [getattr(document, "metadata", None) or document.meta]
    ]
    assert given == [(hit["text"], hit["article"], hit["start"]) for hit in expected]
    assert len(given) == 3
