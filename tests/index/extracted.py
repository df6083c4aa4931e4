"""What becomes of the bytes of a file: the one part of it, or the reason why there is none."""

import pytest

from index.formats import extract


def only(data, suffix):
    extraction = extract(data, suffix=suffix)
    assert extraction.problems == ()
    (part,) = extraction.extracts
    return part


def refused(data, suffix):
    with pytest.raises(ValueError) as caught:
        extract(data, suffix=suffix)
    return str(caught.value)
