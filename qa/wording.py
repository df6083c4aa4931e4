"""A question in any wording → the plain question that readers are taught with.

People ask politely ("Cho mình hỏi … vậy ạ?") or give orders ("Kể tên các đơn vị dự hội nghị").  Readers learn from
questions, and are surest of those.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.sentences import split_sentences
from index.span import Span
from index.terms import fold, has_tone_marks
from qa.days import PART_OF_DAY
from qa.people import people_in
from qa.phrase import capitalised
from qa.question_kind import OFFICES, Kind, asked_for, asks

_ME = "em|mình|tôi|tớ|cháu|con"
_YOU = "bạn|anh chị|anh|chị|ad|admin|mọi người"
_HAIL = rf"(?:(?:dạ|ạ|alo|chào|xin chào|thưa|này)[ ,]+)?(?:(?:{_YOU})(?: ơi| à)? ?,? )?"
_FOR = (
    r"(?:(?:giúp(?! đỡ)|giùm|dùm)(?: cho)?(?: (?:em|mình|tôi|tớ|cháu))?"
    r"|(?:hộ|cho) (?:em(?! bé| nhỏ| gái| trai| học)|mình|tôi|tớ|cháu))"
)
_ERRAND = (
    rf"^(?:kính (?:chào|thưa|gửi|nhờ)[ ,]+)?{_HAIL}(?:(?:xin|làm ơn|vui lòng|hãy|nhờ|phiền|mong|{_YOU}) )*"
    rf"(?:tra cứu|tra|tìm|kiểm tra|xem|coi)(?: lại)? {_FOR}(?: (?:xem|là|rằng|với))*[ ,:]+"
)
_COURTESY = (
    rf"^{_HAIL}(?:(?:xin|làm ơn|vui lòng|hãy|nhờ|giúp|cho|muốn|cần|được|có thể|{_YOU}|{_ME}) )+(?:hỏi|biết)(?! gì)"
    r"(?: (?:rõ|thêm|một chút|chút|tí|là|rằng))*[ ,:]+"
    rf"|^{_HAIL}(?:(?:{_YOU}|có ai) có biết|không biết(?: là)?)[ ,:]+(.*) không(?=[ ?.!]*$)"
    rf"|^{_HAIL}(?:cho )?(?:(?:{_ME}) )?xin (?=danh sách|tên|họ tên|số)"
    r"|^(?:(?:please|kindly) )?(?:(?:can|could) you (?:please )?tell me|tell me|do you know"
    r"|i (?:want|would like) to know)[ ,:]+"
)
_FOR_ME = rf"(?:giúp|giùm|dùm|cho)(?: (?:{_ME}))?(?: với)?|với"
_PARTICLES = rf"(?:[ ,]+(?:vậy|thế|ạ|nhỉ|hả|hở|nhé|nha|please|{_FOR_ME}))+(?=[ ?.!]*$)"
_PARTICLES_FOLDED = (
    r"(?:(?<!cho)(?<!von)(?<!duoc)(?<!nguoi)(?<!khoan)(?<!muon)(?<!xet)(?<!\bdi)(?<!nguon)(?<!goi)"
    r"(?<!tien)(?<!\bno)(?<!dai)[ ,]+vay"
    r"|(?<!\bca)(?<!tap)(?<!\bcu)(?<!\bco)(?<!\bvi)(?<!loi)(?<!nhu)(?<!thay)(?<!thuc)(?<!doan)(?<!hinh)[ ,]+the"
    r"|(?<!khoa)(?<!benh)(?<!thieu)[ ,]+nhi"
    r"|(?<!bang)(?<!nhom)(?<!\blop)(?<!khoi)(?<!hang)(?<!loai)(?<!\bhep)(?<!diem)[ ,]+a)+(?=[ ?.!]*$)"
)
"""Without tone marks some look like the end of "cho vay", "thay thế", "khoa Nhi" and, left out here, of "san hô"."""
_CAPITAL = re.compile(r"\b[A-ZĐ]")
"""What begins so is a name: of "Bồ Đào Nha" the end is no particle."""
_ORDER = (
    r"^(?:hãy )?(?:kể tên|kể ra|kể|liệt kê|nêu tên|nêu ra|nêu rõ|nêu(?! gương)|cho biết|danh sách|trình bày)"
    rf"(?: (?:ra|rõ|đầy đủ|tất cả|toàn bộ|tên|họ tên|của|{_FOR}))* "
)
_LISTED = re.compile(r"danh sach $")
_SEVERAL = re.compile(r"(?:cac|nhung|ai|toan bo|tat ca)\b")
"""A list of several things is ordered; in "danh sách trúng tuyển công bố ngày nào" it is asked about. Folded."""
_TAIL = (
    rf"^(?:(?:vì|do) )?(?:{_ME})\b(?! hỏi)[^?]*$"
    r"|^(?:xin )?(?:chân thành )?(?:cảm ơn|cám ơn|cảm tạ|thanks|tks)\b[^?]*$"
)
_ORDER_BEHIND = (
    r"(?<!được)(?<!bị)[ ,:;.]+(?:hãy )?(?:kể tên|liệt kê|nêu tên|kể ra|nêu ra)"
    rf"(?: (?:ra|hết|đầy đủ|tất cả|{_FOR}))*(?=[ ?.!]*$)"
)
_ALL_OF = r"^(?:các|những) "
_DEED = (
    r" (?=(?:do|được|bị|đã|đang|sẽ|có|chủ trì|phát biểu|trình bày|tham gia|tham dự|tham luận|dự|nhận|đạt|tổ chức"
    r"|đồng chủ trì|phối hợp|trúng cử|trao|làm|ký|ban hành|thuộc|nêu|góp ý|hỗ trợ|đề xuất|gửi|báo cáo|điều hành"
    r"|khen|tặng|tài trợ|hoàn thành|thực hiện)\b)"
)
_PERSON = r"^(?:người|cá nhân)$"
_GROUP = re.compile(
    r"(?:ban (?:thường vụ|chấp hành|giám hiệu|giám đốc|lãnh đạo|tổ chức|chỉ đạo|kiểm tra)|ubkt|btv|bch|bgh|chi ủy"
    r"|cấp ủy|ủy ban kiểm tra|hội đồng|đoàn chủ tịch|tổ thư ký|ban thuong vu|ban chap hanh|ban giam hieu|ban giam doc"
    r"|chi uy)\b",
    re.IGNORECASE,
)
"""What is made up of people."""
_AMOUNT = r"^(?:số|số lượng|tổng số|tỉ lệ|tỷ lệ) (?!hiệu|điện)"


_IS = r" (?:có phải )?(?:chính )?(?:là|làm|giữ chức|giữ chức vụ) "
_SOFTLY = r"(?: (?:ạ|vậy|nhỉ|nhé|hả|thế))?"
_OR_NOT = rf"(?:,? (?:có|phải|đúng))? (?:không|chưa){_SOFTLY}[ ?.!]*$"
_WHETHER = (
    re.compile(rf"^(?:có phải )?(?P<who>.+?){_IS}(?P<office>(?:{OFFICES})\b.*?){_OR_NOT}", re.IGNORECASE),
    re.compile(rf"^(?:có phải )?(?P<office>(?:{OFFICES})\b.*?){_IS}(?P<who>.+?){_OR_NOT}", re.IGNORECASE),
    re.compile(
        rf"^(?P<of>.+?) có phải do (?P<who>.+?) làm (?P<office>{OFFICES})(?: không)?[ ?.!]*$", re.IGNORECASE
    ),
)
"""Whether somebody holds an office."""


_SAID = re.compile(
    rf"có phải (?P<that>.+?)(?: không)?[ ?.!]*|(?P<stated>.+?),? (?:có )?(?:phải|đúng) không{_SOFTLY}[ ?.!]*",
    re.IGNORECASE,
)
_VALUES = (
    (
        re.compile(
            r"(?:vào )?(?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})?$|(?:vào )?ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?$"
        ),
        "ngày nào",
    ),
    (re.compile(r"\b(?:ở|tại) (?:thành phố |tỉnh |TP\.? ?)?[A-ZĐ]\w*(?: [A-ZĐ]\w*)*$"), "ở đâu"),
    (re.compile(r"\b(?:trên |hơn |khoảng |gần |đúng |tới )?\d[\d.]*(?= \w+(?: \w+){0,3} ?$)"), "bao nhiêu"),
)
"""What is said to be so at the end of a question, and what asks for it."""
_NOTED = "quyết định|kết luận|kế hoạch|hướng dẫn|thông báo|quy định"
"""Documents whose names in lower case may be what somebody does: "Sở hướng dẫn 30 hộ"."""
_ORDINAL = re.compile(
    r"\b(?:điều|khoản|điểm|chương|mục|lớp|khóa|khoá|chi bộ|tổ|quận|phường|thôn|số|ngày|tháng|năm|lần|vòng|đợt|kỳ|quý"
    r"|cấp|hạng|nghị quyết|nghị định|thông tư|chỉ thị|công văn|tờ trình|luật|pháp lệnh|quốc lộ|tỉnh lộ|huyện lộ"
    rf"|hương lộ|đường|phố|ngõ|ngách|hẻm|(?-i:{'|'.join(map(capitalised, _NOTED.split('|')))}))(?: thứ)? $"
    rf"|(?:^|\b(?:theo|của|tại|trong|do|với|ban hành|ký|ra|có) )(?:{_NOTED}) $",
    re.IGNORECASE,
)
"""What stands before a number that counts nothing."""


_PART_OF_DAY = (
    (
        re.compile(
            r"^buổi nào (?:trong |vào )?ngày"
            r" (?:\d[\d/.-]*(?: tháng \d+)?(?: năm \d+)?(?:,| thì)?|[^,?]+?(?:,| thì)) ([^?]+)",
            re.IGNORECASE,
        ),
        rf"\1 {PART_OF_DAY}",
    ),
    (re.compile(r"(?:(?:vào|lúc|là) )?buổi nào(?: trong ngày)?(?=[ ?.]*$)", re.IGNORECASE), PART_OF_DAY),
    (
        re.compile(r"(?:(?:vào|lúc|là) )?(?:buổi )?sáng hay (?:là )?(?:buổi )?(?:chiều|tối)", re.IGNORECASE),
        PART_OF_DAY,
    ),
)
"""How people ask whether it was in the morning or in the afternoon."""


class _Patterns(NamedTuple):
    tail: re.Pattern[str]
    errand: re.Pattern[str]
    courtesy: re.Pattern[str]
    particles: re.Pattern[str]
    order: re.Pattern[str]
    order_behind: re.Pattern[str]
    all_of: re.Pattern[str]
    deed: re.Pattern[str]
    person: re.Pattern[str]
    amount: re.Pattern[str]


_PATTERNS = (_TAIL, _ERRAND, _COURTESY, _PARTICLES, _ORDER, _ORDER_BEHIND, _ALL_OF, _DEED, _PERSON, _AMOUNT)
_MARKED = _Patterns(*(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS))
_UNMARKED = _Patterns(*(re.compile(fold(pattern), re.IGNORECASE) for pattern in _PATTERNS))._replace(
    particles=re.compile(_PARTICLES_FOLDED, re.IGNORECASE)
)


def without_courtesy(question: str) -> str:
    """The question without what is only polite; itself where nothing else is in it.

    >>> without_courtesy("Bạn ơi, cho mình hỏi ai chủ trì hội nghị vậy ạ?"), without_courtesy("xin cho biet ai chu tri")
    ('Ai chủ trì hội nghị?', 'Ai chu tri')
    >>> without_courtesy("Nhờ bạn tra giúp tôi tác giả bài về hội nghị. Tôi muốn viết thư cảm ơn.")
    'Tác giả bài về hội nghị.'
    """
    patterns = _patterns(question)
    asked = patterns.errand.sub("", _without_what_follows(question, patterns))
    question = question if asked == question else capitalised(asked)
    rest = patterns.courtesy.sub(lambda match: match[1] or "", question, count=1)
    if rest != question and not asks(rest) and asked_for(rest).kind is Kind.THING:
        return question
    if asked_for(rest).kind is not Kind.TRUTH and (asks(rest) or patterns.order.match(rest)):
        rest = patterns.particles.sub(lambda match: match[0] if _CAPITAL.search(match[0]) else "", rest)
    return question if rest == question else capitalised(rest)


def _without_what_follows(question: str, patterns: _Patterns) -> str:
    """The question without the sentences at its end that only thank or tell why somebody asks."""
    sentences = [sentence.of(question) for sentence in split_sentences(question)]
    last = len(sentences)
    while last > 1 and patterns.tail.match(sentences[last - 1]) and not asks(sentences[last - 1]):
        last -= 1
    return " ".join(sentences[:last]) if last < len(sentences) else question


def as_plain_question(question: str) -> str:
    """The question that an order stands for; a question itself.

    >>> as_plain_question("Liệt kê các đơn vị tham gia hội nghị."), as_plain_question("ke ten nhung nguoi phat bieu")
    ('Những đơn vị nào tham gia hội nghị?', 'Nhung ai phat bieu?')
    >>> as_plain_question("Cho biết số đảng viên của Sở")
    'Số đảng viên của Sở là bao nhiêu?'
    >>> as_plain_question("Kể tên các chi bộ của Sở")
    'Các chi bộ của Sở là gì?'
    """
    patterns = _patterns(question)
    order = patterns.order.match(question)
    if order is None and not asks(question) and (behind := patterns.order_behind.search(question)):
        return as_plain_question(f"liệt kê {question[: behind.start()]}")
    if order is None:
        return question
    if asks(question):
        asked = question[order.end() :]
        of_a_list = _LISTED.match(fold(order[0])) and not _SEVERAL.match(fold(asked))
        return question if of_a_list else capitalised(asked)
    rest = question[order.end() :].rstrip(" ?.!…")
    noun = patterns.all_of.sub("", rest)
    deed = patterns.deed.search(noun.partition(" mà ")[0]) if noun != rest else None
    if deed is not None:
        head, done = noun[: deed.start()], noun[deed.end() :]
        asked = f"Những ai {done}?" if patterns.person.match(head) else f"Những {head} nào {done}?"
    elif patterns.amount.match(rest):
        asked = f"{rest} là bao nhiêu?"
    elif _GROUP.match(rest):
        asked = f"{rest} gồm những ai?"
    else:
        asked = f"{rest} là {'ai' if asked_for(question).kind is Kind.PERSON else 'gì'}?"
    return capitalised(asked if patterns is _MARKED else fold(asked))


def as_settled(question: str) -> str:
    """The question whose answer settles whether somebody holds an office, whether a number, day or place is right, or
    which of two parts of a day it was.

    Readers that are asked "Ông A có phải là Giám đốc không?" look for A; who is the director tells it either way.

    >>> as_settled("Ông Lê An có phải là Giám đốc Sở Nội vụ không?"), as_settled("Giám đốc Sở là Lê An đúng không?")
    ('Ai là Giám đốc Sở Nội vụ?', 'Ai là Giám đốc Sở?')
    >>> as_settled("Sở có trên 70 đảng viên phải không?"), as_settled("Sở họp ở Hà Nội đúng không?")
    ('Sở có bao nhiêu đảng viên?', 'Sở họp ở đâu?')
    >>> as_settled("Sở họp ngày 18/7 buổi sáng hay buổi chiều?")
    'Sở họp ngày 18/7 khi nào trong ngày?'
    >>> as_settled("Hội nghị có họp trực tuyến không?")
    'Hội nghị có họp trực tuyến không?'
    """
    told = next(filter(None, (pattern.match(question) for pattern in _WHETHER)), None)
    if told is not None and any(people_in(told["who"], Span(0, len(told["who"])))):
        return f"Ai là {' '.join(filter(None, (told['office'], told.groupdict().get('of'))))}?"
    for pattern, asked in _PART_OF_DAY:
        if pattern.search(question):
            return capitalised(pattern.sub(asked, question, count=1))
    if said := _SAID.fullmatch(question):
        stated = said["that"] or said["stated"]
        for value, asked in _VALUES:
            found = value.search(stated)
            if found and not (asked == "bao nhiêu" and _ORDINAL.search(stated[: found.start()])):
                return f"{capitalised(value.sub(asked, stated, count=1))}?"
    return question


def _patterns(question: str) -> _Patterns:
    return _MARKED if has_tone_marks(question) else _UNMARKED
