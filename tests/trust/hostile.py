"""Files that are meant to harm a reader, made with a seed: what :mod:`tests.trust.test_hostile` indexes."""

from __future__ import annotations

import io
import json
import os
import random
import socket
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = [
    "Đảng",
    "bộ",
    "hội",
    "nghị",
    "sơ",
    "kết",
    "công",
    "tác",
    "năm",
    "2022",
    "thư",
    "viện",
    "huyện",
    "Sông",
    "Mây",
    "có",
    "12.500",
    "đầu",
    "sách",
]
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)


def prose(draw: random.Random, words: int = 60) -> str:
    return " ".join(draw.choices(WORDS, k=words)) + "."


def docx(document: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", document)
    return file.getvalue()


def pdf(*objects: str) -> bytes:
    """A PDF of these objects, numbered from 1, the first being the catalogue; nothing else about it is checked."""
    data, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{written}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def stream(content: str) -> str:
    return f"<</Length {len(content)}>>\nstream\n{content}\nendstream"


KIDS_LOOP = pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>")
FORM_LOOP = pdf(
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
    stream("/X Do"),
    "<</Type/XObject/Subtype/Form/Resources<</XObject<</X 5 0 R>>>>/Length 6>>\nstream\n/X Do \nendstream",
)
ENCRYPTED = pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>").replace(
    b"/Root 1 0 R",
    b"/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")/P -4>>",
)
NO_TEXT = pdf(
    "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"
)

# What each makes of a seed; many are small, so that thousands take minutes.
KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "empty.txt": lambda _: b"",
    "zeros.txt": lambda draw: bytes(draw.randrange(1, 5000)),
    "binary.txt": lambda draw: draw.randbytes(draw.randrange(1, 5000)),
    "random.md": lambda draw: draw.randbytes(draw.randrange(1, 5000)),
    "random.pdf": lambda draw: b"%PDF-1.7\n" + draw.randbytes(draw.randrange(1, 5000)),
    "random.docx": lambda draw: b"PK\x03\x04" + draw.randbytes(draw.randrange(1, 5000)),
    "random.html": lambda draw: draw.randbytes(draw.randrange(1, 5000)),
    "random.jsonl": lambda draw: draw.randbytes(draw.randrange(1, 5000)),
    "huge-line.txt": lambda draw: (
        draw.choice("aắ1.(“ -|\u0301") * draw.randrange(1, 30_000) + "Hà Nội"
    ).encode(),
    "broken-utf8.txt": lambda draw: prose(draw).encode().replace(b"\xe1", b"\xe1\xff", draw.randrange(1, 9)),
    "surrogates.jsonl": lambda draw: json.dumps({"text": prose(draw) + "\ud800 \udfff"}).encode(),
    "nul.txt": lambda draw: prose(draw).replace(" ", "\0", draw.randrange(1, 4)).encode(),
    "nfd.txt": lambda draw: unicodedata.normalize("NFD", prose(draw)).encode(),
    "zero-width.txt": lambda draw: "\u200b\u200d\ufeff".join(prose(draw)).encode(),
    "bidi.txt": lambda draw: prose(draw).replace(" ", " \u202e\u2066", draw.randrange(1, 9)).encode(),
    "marks.txt": lambda draw: ("a" + "\u0323\u0301" * draw.randrange(1, 20_000) + prose(draw)).encode(),
    "nested.jsonl": lambda draw: b'{"text":' + b"[" * draw.randrange(1, 100_000),
    "number.jsonl": lambda draw: b'{"text":"a","id":' + b"9" * draw.randrange(1, 20_000) + b"}",
    "nested.html": lambda draw: b"<div>" * draw.randrange(1, 100_000) + prose(draw).encode(),
    "entities.html": lambda draw: (LAUGHS + f"<html><body><p>&a11;{prose(draw)}</p></body></html>").encode(),
    "attributes.html": lambda draw: (f"<p {'a=1 ' * draw.randrange(1, 20_000)}>" + prose(draw)).encode(),
    "brackets.md": lambda draw: draw.choice(["![", "[a](", "<!--", "*a ", "__", "`", "> "]).encode() * 20_000,
    "laughs.docx": lambda _: docx(LAUGHS + BODY.format("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>")),
    "nested.docx": lambda draw: docx(BODY.format("<w:p>" * draw.randrange(1, 100_000))),
    "no-parts.docx": lambda _: docx("")[:-30],
    "loop.pdf": lambda _: KIDS_LOOP,
    "form-loop.pdf": lambda _: FORM_LOOP,
    "encrypted.pdf": lambda _: ENCRYPTED,
    "scan.pdf": lambda _: NO_TEXT,
    "cut.pdf": lambda draw: FORM_LOOP[: draw.randrange(1, len(FORM_LOOP))],
    "flipped.pdf": lambda draw: _flipped(FORM_LOOP, draw),
    "flipped.docx": lambda draw: _flipped(
        docx(BODY.format("<w:p><w:r><w:t>Hội nghị</w:t></w:r></w:p>")), draw
    ),
}


def _flipped(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.randrange(1, 20)):
        changed[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(changed)


def zip_bomb() -> bytes:
    """A docx of some hundred kilobytes that is 100 MB unpacked, and gigabytes as a tree."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        with archive.open("word/document.xml", "w") as part:
            before, after = BODY.split("{}")
            part.write(before.encode())
            for _ in range(100):
                part.write(b"<w:p/>" * ((1 << 20) // 6))
            part.write(after.encode())
    return file.getvalue()


def write_files(folder: Path, count: int, *, seed: int) -> list[str]:
    """``count`` files of all kinds in turn; their names."""
    draw = random.Random(seed)
    names = []
    for number in range(count):
        kind = list(KINDS)[number % len(KINDS)]
        names.append(f"{number:05}-{kind}")
        (folder / names[-1]).write_bytes(KINDS[kind](draw))
    return names


def write_odd_places(folder: Path) -> list[str]:
    """Things that are no files, files nobody may read, and names; the names that have to be reported."""
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "around").symlink_to(folder, target_is_directory=True)
    (folder / "two\nlines\x1b[31m.txt").write_text("", encoding="utf-8")
    reported = ["loop.txt", "two\\nlines\\x1b[31m.txt", "huge.txt"]
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)  # takes no room on the disk
    if sys.platform == "linux":
        os.mkfifo(folder / "pipe.txt")
        name = os.fsencode(folder) + b"/not-utf8-\xff.txt"
        Path(os.fsdecode(name)).write_bytes(b"")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(os.path.relpath(folder / "socket.txt"))
        reported += ["pipe.txt", "socket.txt", "not-utf8-\\udcff.txt"]
    if hasattr(os, "geteuid") and os.geteuid():
        (folder / "secret.txt").write_text("Bí mật", encoding="utf-8")
        (folder / "secret.txt").chmod(0)
        (folder / "closed").mkdir(mode=0)
        reported += ["secret.txt", "closed"]
    return reported
