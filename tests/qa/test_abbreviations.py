"""A question gets the other forms of its abbreviations; one with several meanings is left alone."""

from __future__ import annotations

import pytest

from index.short_forms import ShortForm
from index.terms import fold
from qa.abbreviations import OtherForm, common_abbreviations, in_words_of, other_forms, with_both

KNOWN = (
    ShortForm("GDĐT", "Giáo dục và Đào tạo", defined=True),
    ShortForm("ĐHCN", "Đại học Công nghệ", defined=False),
    ShortForm("SCT", "Sở Công Thương", defined=False),
    ShortForm("SMX", "Sông Mây Xanh", defined=True),
    ShortForm("SMX", "Suối Mơ Xưa", defined=True),
)


class FakeIndex:
    """Knows a few abbreviations; every short form is written somewhere."""

    def short_forms(self, *, shorts=(), longs=()):
        return tuple(form for form in KNOWN if fold(form.short) in shorts or fold(form.long) in longs)

    def frequency(self, terms):
        return [1] * len(terms)


def test_an_abbreviation_is_a_whole_word_of_the_question_and_of_the_text():
    forms = [OtherForm("ĐH", "đại học"), OtherForm("ĐU", "Đảng ủy")]
    assert with_both("ĐHQG và ĐH Vinh", forms) == "ĐHQG và ĐH (đại học) Vinh"
    text = "Dự họp có Bí thư Đảng ủy và các trường đại học."
    assert in_words_of(text, "ĐHQG mời bí thư ĐU, ĐH nào?", forms) == "ĐHQG mời bí thư Đảng ủy, đại học nào?"
    assert in_words_of(f"{text} (ĐU)", "Bí thư ĐU?", forms) == "Bí thư ĐU?"


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Sở GDĐT ở đâu?", OtherForm("GDĐT", "Giáo dục và Đào tạo")),
        ("so gddt o dau", OtherForm("gddt", "Giáo dục và Đào tạo")),
        ("Sở Giáo dục và Đào tạo ở đâu?", OtherForm("Giáo dục và Đào tạo", "GDĐT")),
        ("so giao duc va dao tao o dau", OtherForm("giao duc va dao tao", "GDĐT")),
        ("Trường ĐHCN ở đâu?", OtherForm("ĐHCN", "Đại học Công nghệ")),
        ("Sở CT ở đâu?", OtherForm("CT", "Công Thương")),
        ("CT là gì?", OtherForm("CT", "chủ tịch")),
        ("UBND huyện ở đâu?", OtherForm("UBND", "Ủy ban nhân dân")),
        ("BQLDA huyện ở đâu?", OtherForm("BQLDA", "Ban Quản lý dự án")),
        ("ttyt huyen o dau", OtherForm("ttyt", "trung tâm y tế")),
    ],
)
def test_both_directions_with_and_without_tone_marks(question, form):
    forms, notes = other_forms(question, FakeIndex())
    assert forms == (form,)
    assert [note.kind for note in notes] == ["expanded"]


def test_what_the_articles_say_comes_before_the_common_list():
    assert ("GDĐT", "Giáo dục và Đào tạo") in common_abbreviations()
    forms, _ = other_forms("SMX là gì?", FakeIndex())
    assert forms == ()


def test_several_meanings_are_named_and_none_is_taken():
    forms, (note,) = other_forms("SMX là gì?", FakeIndex())
    assert forms == ()
    assert note.kind == "ambiguous"
    assert "Sông Mây Xanh; Suối Mơ Xưa" in note.text


@pytest.mark.parametrize("question", ["Chỉ thị số 05-CT/TW nói gì?", "Ai chủ trì hội nghị?", "Who is it?"])
def test_numbers_of_documents_and_plain_words_are_left_alone(question):
    assert other_forms(question, FakeIndex()) == ((), ())


def test_the_search_sees_both_forms_and_the_reader_the_one_of_the_passage():
    forms = [OtherForm("GDĐT", "Giáo dục và Đào tạo")]
    assert with_both("Sở GDĐT họp?", forms) == "Sở GDĐT (Giáo dục và Đào tạo) họp?"
    assert in_words_of("Ngành Giáo dục và Đào tạo", "Sở GDĐT họp?", forms) == "Sở Giáo dục và Đào tạo họp?"
    assert in_words_of("Giáo dục và Đào tạo (GDĐT)", "Sở GDĐT họp?", forms) == "Sở GDĐT họp?"


class HoldingIndex(FakeIndex):
    """Holds passages about some things only."""

    def __init__(self, *pairs):
        self.pairs = {f"~{pair}" for pair in pairs}

    def frequency(self, terms):
        return [int(term in self.pairs) for term in terms]


def test_of_several_common_meanings_the_one_that_the_articles_have():
    forms, _ = other_forms("HN ở đâu?", HoldingIndex("hoi nghi"))
    assert forms == (OtherForm("HN", "hội nghị"),)
    forms, notes = other_forms("HN ở đâu?", HoldingIndex("hoi nghi", "ha noi"))
    assert forms == ()
    assert [note.kind for note in notes] == ["ambiguous"]


def test_a_letter_with_its_bar_is_not_the_one_without():
    assert other_forms("GĐ là ai?", HoldingIndex())[0] == (OtherForm("GĐ", "giám đốc"),)
    assert other_forms("GD là gì?", HoldingIndex())[0] == (OtherForm("GD", "giáo dục"),)
