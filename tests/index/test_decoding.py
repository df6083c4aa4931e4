import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.decoding import decode, repair
from index.legacy import TCVN3, VNI

SENTENCES = [
    "Đảng bộ Sở GDĐT có 72 đảng viên.",
    "Hội nghị sơ kết công tác Đảng năm 2022",
    "Thủ đô của Việt Nam là Hà Nội, một thành phố nghìn năm văn hiến.",
    "Tin, ảnh: Võ Thị Nhiên",
    "Ngày 17 tháng 8 năm 2022, Đảng ủy Viện Khoa học Giáo dục đã tổ chức hội nghị.",
    "“Quyết tâm” là chữ đồng chí nói nhiều nhất… ở buổi họp – rất dài.",
    "Mỗi kỹ sư phải tự nghiên cứu, thử nghiệm những giải pháp mới.",
    "Ăn quả nhớ kẻ trồng cây.",
]


def to_cp1258(text: str) -> bytes:
    """Base letters as they are, tones as combining characters: what Windows-1258 has."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in tones)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
        out.append(base + tone)
    return "".join(out).encode("cp1258")


def to_tcvn3(text: str) -> bytes:
    table = {letter: byte for byte, letter in TCVN3.items()}
    return b"".join(bytes((table[c],)) if c in table else c.encode("cp1252") for c in text)


def to_vni(text: str) -> bytes:
    table = {letter: written for written, letter in reversed(VNI.items())}
    return b"".join(table[c].encode("latin-1") if c in table else c.encode("cp1252") for c in text)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "encode",
    [
        str.encode,
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-32"),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        to_cp1258,
        to_tcvn3,
        to_vni,
    ],
    ids=["utf-8", "bom", "utf-16", "16le", "16be", "16be-bom", "utf-32", "nfd", "cp1258", "tcvn3", "vni"],
)
def test_a_vietnamese_sentence_survives_every_encoding(sentence, encode):
    assert decode(encode(sentence)) == sentence


def test_tables_match_published_examples():
    # "Cộng hòa xã hội chủ nghĩa Việt Nam" as .VnTime and VNI-Times store it
    assert (
        decode("Céng hßa x· héi chñ nghÜa ViÖt Nam".encode("latin-1")) == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert decode("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam".encode("latin-1")) == (
        "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )


def test_capitals_of_a_tcvn3_capital_font_become_capitals():
    assert decode("§¶NG Bé TØNH, Héi nghÞ".encode("latin-1")) == "ĐẢNG Bộ TỈNH, Hội nghị"


def test_vni_capitals_are_read_in_upper_and_mixed_case():
    assert decode("ÑAÛNG BOÄ, Ñaïi hoäi, Aân ñieån".encode("latin-1")) == "ĐẢNG BỘ, Đại hội, Ân điển"


def test_western_text_is_read_as_windows_1252():
    text = "The café in Zürich — “naïve” and cheap — was closed, they said."
    assert decode(text.encode("cp1252")) == text


def test_ascii_is_ascii():
    assert decode(b"Plain English, nothing else.") == "Plain English, nothing else."


def test_one_damaged_byte_does_not_lose_a_utf_8_file():
    text = "Đảng bộ Sở Giáo dục và Đào tạo có bảy mươi hai đảng viên chính thức. " * 5
    assert decode(text.encode() + b"\xff").replace("\ufffd", "") == text


def test_a_large_utf_8_file_may_have_a_few_damaged_bytes_for_its_size():
    text = "Đảng bộ Sở Giáo dục và Đào tạo có bảy mươi hai đảng viên chính thức.\n" * 20_000
    damaged = b"\xff\n".join([text.encode()] + [b""] * 1_000)
    assert decode(damaged).replace("\ufffd\n", "") == text


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6"]
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(ValueError, match=r"not a text file|not recognised"):
        decode(data)


def test_an_unknown_encoding_is_refused_rather_than_garbled():
    with pytest.raises(ValueError, match="save it as UTF-8"):
        decode("Москва является столицей России".encode("koi8-r"))


def test_text_typed_in_a_legacy_font_is_repaired_and_other_text_left():
    assert repair("§¶ng bé cã 72 ®¶ng viªn “chÝnh thøc”") == "Đảng bộ có 72 đảng viên “chính thức”"
    assert repair("La société française a été créée à Genève") == "La société française a été créée à Genève"


@given(st.text())
def test_any_utf_8_text_is_decoded_or_refused(text):
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    try:
        decoded = decode(data)
    except ValueError:
        return
    decoded.encode()


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused_with_a_reason(data):
    try:
        decode(data).encode()
    except UnicodeError:
        raise
    except ValueError as error:
        assert str(error).startswith("is ")
