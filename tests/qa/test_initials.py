"""Abbreviations that nothing explains are what the passages found say, or stay as they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import build_index
from index.search import Index
from qa.finding import find
from qa.initials import abbreviations, spelled_out
from qa.question import understand

TEXTS = (
    "Đồng chí Lê An – Bí thư Đảng ủy khai mạc hội nghị. Đảng bộ có 72 đảng viên, mỗi đảng viên một việc.",
    "Phòng Tổ chức – Hành chính tổ chức đại hội. Phó Vụ trưởng Vụ Tổ chức, cán bộ báo cáo với Thành ủy Hà Nội.",
    "Hội nghị bàn công tác thi đua, khen thưởng Học viện và Nghị quyết Trung ương 4; đơn vị nào cũng dự hội nghị.",
    "Sở Giáo dục và Đào tạo cử đoàn viên dự hội nghị, hội nghị bế mạc. UBMTTQ xã cũng dự.",
    "Phó Viện trưởng và Phó Vụ trưởng dự. Tiêm vắc xin ngừa sốt-xuất-huyết.",
    "Chương trình giáo dục phổ thông mới thay chương trình giáo dục phổ thông cũ.",
    "Trường phải có sân, lớp phải có cửa, cửa phải có khóa.",
)
MEANINGS = {
    "ĐV": ("đảng viên", "đoàn viên", "đơn vị"),
    "HN": ("hội nghị", "Hà Nội"),
    "BT": ("bí thư",),
    "bt": ("bí thư",),
}


def read(question):
    shorts = abbreviations(
        question,
        meanings=lambda short: MEANINGS.get(short, ()),
        written=lambda short: any(short in text.split() for text in TEXTS),
    )
    return spelled_out(question, shorts, TEXTS)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("BT ĐU là ai?", "Bí thư Đảng ủy là ai?"),
        ("P.TCHC làm gì?", "Phòng Tổ chức – Hành chính làm gì?"),
        ("P. TC-HC làm gì?", "Phòng Tổ chức – Hành chính làm gì?"),
        ("PVT Vụ là ai?", "Phó Vụ trưởng Vụ là ai?"),
        ("công tác TĐKT HV", "công tác thi đua, khen thưởng Học viện"),
        ("SGD&ĐT cử ai?", "Sở Giáo dục và Đào tạo cử ai?"),
        ("NQTW4 nói gì?", "Nghị quyết Trung ương 4 nói gì?"),
        ("ai báo cáo với TU HN tại HN?", "ai báo cáo với Thành ủy Hà Nội tại hội nghị?"),
        ("có bao nhiêu ĐV?", "có bao nhiêu đảng viên?"),
        ("sgdđt cử ai?", "Sở Giáo dục và Đào tạo cử ai?"),
        ("PVT của Viện là ai?", "Phó Viện trưởng của Viện là ai?"),
        ("bệnh SXH là gì?", "bệnh SXH là gì?"),  # said once only
        ("bt du la ai", "Bí thư Đảng ủy la ai"),
    ],
)
def test_initials_are_read_with_their_neighbours_as_the_passages_say(typed, wanted):
    assert read(typed) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "BT là ai?",  # one meaning is known
        "bt hu la ai",  # the texts have no such committee
        "bt dự họp là ai?",
        "UBMTTQ xã nói gì?",  # the articles write it so
        "NQTW7 nói gì?",  # another number
        "XYZ, FIFA và IMF là gì?",
        "GDP năm 2022 là bao nhiêu?",
        "Khóa XI và khóa XII?",
        "Văn bản 05-CT/TW, 12/2022/NQ-CP",
        "AI LÀ BÍ THƯ ĐẢNG ỦY?",
        "Ông Nguyễn Văn A là ai?",
        "Facebook, online và marketing",
        "Rộng bao nhiêu cm?",
        "Ai dùng PC?",  # "phải có", said by chance
        "",
    ],
)
def test_other_words_stay_as_they_were_typed(question):
    assert read(question) == question


def test_no_more_abbreviations_are_read_together_than_have_letters_enough(monkeypatch):
    sizes = []
    monkeypatch.setattr("qa.initials._words_for", lambda question, read, said: sizes.append(len(read)))
    assert read("ai " + "BCD " * 200) == "ai " + "BCD " * 200
    assert max(sizes) <= 11
    assert len(sizes) <= 11 * 200


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=2))
def test_whatever_is_asked_only_abbreviations_change(question, texts):
    shorts = abbreviations(question, meanings=lambda short: (), written=lambda short: False)
    assert spelled_out(question, shorts, []) == question
    read = spelled_out(question, shorts, texts)
    begin = shorts[0].start if shorts else len(question)
    assert read[:begin] == question[:begin]


def test_a_question_is_searched_and_noted_with_what_its_initials_mean(tmp_path, folder, encoder):
    (folder / "viện.txt").write_text(
        "Tin\n\nPhòng Tổ chức – Hành chính của Viện mua 12 máy in.", encoding="utf-8"
    )
    build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
    index = Index.open(tmp_path / "state", load=lambda _: encoder)
    query, hits = find(understand("P.TCHC mua mấy máy in?"), index, k=1)
    assert query.text == "Phòng Tổ chức – Hành chính mua mấy máy in?"
    assert hits[0].article.id == "viện.txt"
    (note,) = [note for note in query.notes if note.kind == "did_you_mean"]
    assert note.text == f"Đã hiểu là: {query.text}"


def test_a_syllable_that_the_articles_write_with_a_tone_is_no_abbreviation(tmp_path, folder, encoder):
    (folder / "sở.txt").write_text(
        "Tin\n\nSở Giáo dục họp Đảng ủy, chi ủy; Đảng ủy, chi bộ và Đảng ủy, chi đoàn cùng dự.",
        encoding="utf-8",
    )
    build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
    index = Index.open(tmp_path / "state", load=lambda _: encoder)
    query, _ = find(understand("so giao duc hop ai"), index, k=1)
    assert "dục" in query.text
    assert "Đảng" not in query.text
