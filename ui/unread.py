"""Why a file could not be read, in the words of the index → a sentence for whoever added it.

The index tells it in English and after the name of the file: ``is larger than 8 MiB; split it``.
"""

from __future__ import annotations

import re

from ui.language import say

_LINE = re.compile(r"line ([0-9]+): (.+)", re.DOTALL)

# what the index says, whole, and the sentence that takes its groups
_SAID: tuple[tuple[str, str], ...] = (
    (
        r"has a suffix that is not read .+",
        "Loại tệp này không đọc được: hãy thêm tệp txt, md, html, pdf, docx hoặc jsonl.",
    ),
    (r"is empty", "Không có gì trong tệp."),
    (r"is not a text file", "Không phải tệp văn bản."),
    (
        r"is in an encoding that was not recognised; .+",
        "Không nhận ra bảng mã của tệp: hãy lưu lại dưới dạng UTF-8.",
    ),
    (r"holds no text|holds no words", "Không có chữ nào để đọc."),
    (r"is larger than (.+) MiB; split it", "Lớn hơn {} MiB: hãy chia nhỏ."),
    (r"holds more than (.+) characters; split it", "Dài hơn {} ký tự: hãy chia nhỏ."),
    (r"is too large when unpacked; split it", "Quá lớn sau khi giải nén: hãy chia nhỏ."),
    (r"takes longer than (.+) seconds to read", "Đọc mất hơn {} giây: hãy chia nhỏ, hoặc mở ra và lưu lại."),
    (r"takes too much memory to read; split it", "Cần quá nhiều bộ nhớ để đọc: hãy chia nhỏ."),
    (r"made its reader stop; .+", "Tệp có thể bị hỏng: hãy mở ra và lưu lại."),
    (r"is no longer there; .+", "Tệp không còn ở đó: hãy thêm lại."),
    (r"may not be read; .+", "Máy chủ không có quyền đọc tệp này."),
    (r"could not be read \((.+)\)", "Máy chủ không đọc được tệp này ({})."),
    (
        r"is encrypted or an old Word document; .+",
        "Tệp có mật khẩu, hoặc là Word kiểu cũ: hãy lưu thành .docx không mật khẩu.",
    ),
    (
        r"is not a Word document, or a damaged one; .+",
        "Không phải tệp Word, hoặc tệp bị hỏng: hãy mở bằng Word và lưu lại.",
    ),
    (r"is encrypted; .+", "Tệp có mật khẩu: hãy lưu lại không mật khẩu."),
    (r"is not a PDF, or a damaged one; .+", "Không phải tệp PDF, hoặc tệp bị hỏng: hãy mở ra và lưu lại."),
    (r"has no text layer .+", "Tệp PDF này không có chữ, có thể là bản quét: hãy nhận dạng chữ trước."),
    (r"is not a web page", "Không phải trang web."),
    (r'the id "(.+)" was used by an earlier line', "“id” {} đã có ở một dòng trước."),
    (r"is not JSON \(.+ at character ([0-9]+)\)", "Không phải JSON, từ ký tự {}."),
    (r"is nested too deeply", "Lồng nhau quá sâu."),
    (r"holds a number of thousands of digits", "Có một số dài hàng nghìn chữ số."),
    (r'is not a JSON object with a "text"', "Không phải một đối tượng JSON có “text”."),
    (r'has no "text"', "Không có “text”."),
    (r'"id" is neither a text nor a whole number', "“id” không phải là chữ hay số nguyên."),
    (r'"(\w+)" is not a text', "“{}” không phải là chữ."),
)


def unread(reason: str) -> str:
    """The sentence, in the language of the page.

    >>> unread("line 3: is larger than 8 MiB; split it")
    'Dòng 3: Lớn hơn 8 MiB: hãy chia nhỏ.'

    :param reason: see :attr:`index.errors.UnreadableArticle.reason`; one that is not known is told as it is.
    """
    if line := _LINE.fullmatch(reason):
        return say("Dòng {}: {}", line[1], unread(line[2]))
    for told, said in _SAID:
        if found := re.fullmatch(told, reason, re.DOTALL):
            return say(said, *found.groups())
    return say("Không đọc được: {}", reason)
