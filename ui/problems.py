"""Why the chat cannot answer → what its user reads and what to do about it."""

from __future__ import annotations

from index.errors import (
    EngineFailed,
    FileTooLarge,
    HoidapError,
    IndexDamaged,
    IndexLocked,
    IndexMismatch,
    IndexNotFound,
    IndexUnavailable,
    IndexUnfinished,
    ModelNotFound,
    NotAdded,
    NotAnArticle,
    TooManyFiles,
    UsageError,
)
from index.search import MAX_QUESTION
from qa.message import Message
from ui.conversations import ConversationOfAnother, ConversationsDamaged, ConversationsUnavailable
from ui.language import say, say_message
from ui.markup import isolated

UNFORESEEN = Message("Có lỗi ngoài dự kiến: hãy hỏi lại; nếu vẫn lỗi, xem nhật ký của máy chủ.")
STOPPED = Message("Đã dừng theo yêu cầu của bạn.")

# the first class that an error is one of tells what is said
_SAID: tuple[tuple[type[HoidapError], str], ...] = (
    (IndexUnfinished, "Chỉ mục chưa xong: đợi lệnh hoidap index chạy hết, hoặc chạy lại nếu nó đã bị dừng."),
    (IndexNotFound, "Chưa có bài viết nào: chạy lệnh hoidap index THƯ_MỤC với thư mục chứa bài viết."),
    (IndexDamaged, "Chỉ mục bị hỏng: chạy lệnh hoidap doctor để biết tệp nào hỏng và cách sửa."),
    (IndexMismatch, "Chỉ mục được tạo bởi phiên bản khác: chạy lại lệnh hoidap index như lời nhắn bên dưới."),
    (
        IndexUnavailable,
        "Không đọc hoặc ghi được chỉ mục: kiểm tra quyền truy cập và dung lượng trống của ổ đĩa rồi thử lại.",
    ),
    (
        EngineFailed,
        "Cơ sở dữ liệu giữ chỉ mục không trả lời hoặc từ chối: kiểm tra máy chủ của nó rồi thử lại.",
    ),
    (IndexLocked, "Một tiến trình khác đang ghi vào chỉ mục: đợi nó xong rồi thử lại."),
    (NotAnArticle, "Loại tệp này không đọc được: hãy thêm tệp txt, md, html, pdf, docx hoặc jsonl."),
    (NotAdded, "Tệp này không được thêm ở đây, hoặc đã bị xoá: hãy tải lại danh sách."),
    (FileTooLarge, "Tệp quá lớn: hãy thêm tệp tối đa 50 MB, hoặc chia nhỏ."),
    (TooManyFiles, "Đã thêm quá nhiều tệp: hãy xoá bớt, hoặc lập chỉ mục cả thư mục bằng lệnh hoidap index."),
    (
        ConversationsUnavailable,
        "Không đọc hoặc ghi được các cuộc trò chuyện: kiểm tra dung lượng trống và quyền truy cập của ổ đĩa "
        "rồi thử lại, hoặc chạy hoidap chat với --no-history.",
    ),
    (
        ConversationsDamaged,
        "Tệp conversations.db giữ các cuộc trò chuyện bị hỏng: chuyển nó đi nơi khác rồi chạy lại hoidap chat.",
    ),
    (ConversationOfAnother, "Cuộc trò chuyện này là của người khác: hãy bấm “Trò chuyện mới” rồi hỏi lại."),
    (ModelNotFound, "Thiếu mô hình đi kèm: cài lại gói hoidap."),
)


class WrongInput(UsageError):
    """What a user typed or chose is wrong.

    :ivar message: how, and what to do about it.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def problem(error: HoidapError) -> Message:
    """What went wrong, in a sentence for the user of a page; in the words of the error where there is none."""
    if isinstance(error, WrongInput):
        return error.message
    for kind, said in _SAID:
        if isinstance(error, kind):
            return Message(said)
    return Message("Không làm được: {}", (str(error),))


def question_problem(question: str) -> Message | None:
    """Why a question cannot be asked, ``None`` where it can."""
    if not any(map(str.isalnum, question)):
        return Message("Câu hỏi chưa có chữ nào: hãy gõ điều bạn muốn biết.")
    if len(question) > MAX_QUESTION:
        return Message(
            "Câu hỏi dài {} ký tự: hãy hỏi trong {} ký tự.", (str(len(question)), str(MAX_QUESTION))
        )
    return None


def cannot_answer_html(error: HoidapError, *, uploads: bool) -> str:
    """The page where there is nothing to ask yet: what is missing, what to do, and the words of the error.

    :param uploads: whether files can be added on the page.
    """
    add = f"<p>{say('Hoặc bấm “Các bài viết” để thêm tệp ngay tại đây.')}</p>" if uploads else ""
    details = (
        "" if isinstance(error, UsageError) else f'<p class="details"><code>{isolated(str(error))}</code></p>'
    )
    return (
        f'<section class="welcome setup"><h2>{say("Chưa hỏi được")}</h2>'
        f"<p>{isolated(say_message(problem(error)))}</p>{add}{details}"
        f'<p><button type="button" class="reload">{say("Thử lại")}</button></p></section>'
    )
