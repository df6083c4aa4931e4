"""Fixtures that many tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import BagEncoder

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture
def corpus() -> Path:
    """The five articles that ship with the project."""
    return CORPUS


@pytest.fixture
def encoder() -> BagEncoder:
    return BagEncoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder of articles about made-up places."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "thu-vien.txt").write_text(
        "Thư viện huyện Sông Mây mở cửa trở lại\n\n05/03/2021\n\n"
        "Ngày 4/3/2021, Thư viện huyện Sông Mây mở cửa trở lại sau sáu tháng sửa chữa. "
        "Bà Lê Thị Hạnh, Giám đốc Thư viện, cho biết thư viện có 12.500 đầu sách.\n\nTin: Trần Bình\n",
        encoding="utf-8",
    )
    (articles / "cau.txt").write_text(
        "Khánh thành cầu Đá Bạc\n\n20/11/2022\n\n"
        "Sáng 19/11/2022, Ủy ban nhân dân xã Đá Bạc khánh thành cầu Đá Bạc dài 240 mét. "
        "Cầu do ông Phan Văn Lộc thiết kế.\n\n(Báo Sông Mây)\n",
        encoding="utf-8",
    )
    (articles / "sau").mkdir()
    (articles / "sau" / "le-hoi.md").write_text(
        "# Lễ hội chè xã Đồi Xanh\n\nLễ hội chè diễn ra tại xã Đồi Xanh với 35 gian hàng.\n", encoding="utf-8"
    )
    return articles
