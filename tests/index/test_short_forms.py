"""Abbreviations are those that a text explains, and the initials of bodies that it names."""

from __future__ import annotations

import time

import pytest

from index.build import build_index
from index.search import Index
from index.short_forms import MOST, ShortForm, initials, short_forms


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Sở Giáo dục và Đào tạo (GDĐT) họp.", "GDĐT", "Giáo dục và Đào tạo"),
        ("Uỷ ban kiểm tra (sau đây gọi tắt là UBKT) báo cáo", "UBKT", "Uỷ ban kiểm tra"),
        ("GDPT (Giáo dục phổ thông) năm 2018", "GDPT", "Giáo dục phổ thông"),
        ("bằng Hội đồng\xa0nhân dân (HĐND)", "HĐND", "Hội đồng nhân dân"),
    ],
)
def test_what_a_text_explains(text, short, long):
    assert ShortForm(short, long, defined=True) in short_forms(text)


@pytest.mark.parametrize("text", ["Ông Phan Lộc (TP HCM) nói.", "Lớp học (K126) khai giảng", "họp (xem ABC)"])
def test_brackets_that_explain_nothing(text):
    assert not any(form.defined for form in short_forms(text))


def test_the_initials_of_a_body_with_and_without_its_kind():
    found = {form.short: form.long for form in short_forms("Đảng ủy Viện Khoa học Giáo dục Việt Nam đã họp.")}
    assert found["VKHGDVN"] == "Viện Khoa học Giáo dục Việt Nam"
    assert found["KHGDVN"] == "Khoa học Giáo dục Việt Nam"
    assert found["KHGD"] == "Khoa học Giáo dục"


def test_connecting_words_have_no_initial():
    assert initials("Khoa học và Công nghệ") == "KHCN"


def test_the_index_knows_the_short_forms_of_live_files_only(tmp_path, encoder):
    folder, state = tmp_path / "tin", tmp_path / "state"
    folder.mkdir()
    (folder / "a.txt").write_text("Tin\n\nSở Y tế Sông Mây (SYTSM) họp sáng nay.", encoding="utf-8")
    (folder / "b.txt").write_text("Tin khác\n\nHội Chè Đồi Xanh (HCĐX) mở cửa.", encoding="utf-8")

    def known(short):
        build_index([folder], index=state, load=lambda _: encoder)
        return [form.long for form in Index.open(state, load=lambda _: encoder).short_forms(shorts=[short])]

    assert known("hcdx")[0] == "Hội Chè Đồi Xanh"
    (folder / "b.txt").unlink()
    assert known("hcdx") == []
    assert known("sytsm")[0] == "Sở Y tế Sông Mây"


def test_a_long_run_of_capitals_takes_no_time_of_its_own():
    started = time.process_time()
    found = short_forms("Trường Tiểu Học Kim Đồng Quận Ba " * 300)
    assert time.process_time() - started < 3
    assert max(len(form.short) for form in found) == MOST
    assert any(form.long == "Trường Tiểu Học Kim Đồng Quận Ba" for form in found)
