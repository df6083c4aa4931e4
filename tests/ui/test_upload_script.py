"""What the scripts of the page do, in Node with the least of a page around them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import ui

STATIC = Path(ui.__file__).parent / "static"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node")

UPLOAD = """
globalThis.window = { hoidap: {} };
globalThis.location = { search: "" };
const items = [];
globalThis.document = { createElement: () => ({}) };
globalThis.fetch = async () => new Response(BODY, { status: STATUS });
const list = { closest: () => true, replaceChildren: (...all) => items.splice(0, items.length, ...all) };
const bar = { removeAttribute() {} };
const form = { dataset: { left: "LEFT" }, querySelector: (what) => (what === "progress" ? bar : list) };
new Function(SCRIPT)();
const told = () => console.log(JSON.stringify(items.map((item) => [item.className, item.textContent])));
window.hoidap.upload(form, [new Blob(["x"])], told);
"""

REMOVE = """
globalThis.window = { hoidap: {} };
globalThis.fetch = BODY === null
  ? async () => { throw new TypeError("cut"); }
  : async () => new Response(BODY, { status: STATUS });
const items = [];
globalThis.document = { createElement: () => ({}) };
const list = { closest: () => true, replaceChildren: (...all) => items.splice(0, items.length, ...all) };
new Function(SCRIPT)();
window.hoidap.removeUpload({ dataset: { article: "uploads/a.txt", left: "LEFT" } }, () => {
  window.hoidap.showReports({ querySelector: () => list });
  console.log(JSON.stringify(items.map((item) => [item.className, item.textContent])));
});
"""

READING = """
let chosen;
const form = {};
const element = {
  addEventListener: (name, act) => name === "change" && (chosen = act),
  querySelector: () => BOX,
};
const told = (...event) => console.log(JSON.stringify(event));
globalThis.hoidap = { upload: (form, files, done) => done() };
new Function("element", "props", "trigger", "watch", SCRIPT)(element, {}, told, () => {});
chosen({ target: { matches: () => true, form, files: [] } });
"""

COPY = """
let pressed;
const element = { addEventListener: (name, act) => name === "click" && (pressed = act), querySelector: () => null };
const button = { dataset: { action: "copy", copy: "“72”", done: "DONE" }, textContent: "COPY", closest: () => button };
const timers = [];
globalThis.setTimeout = (act) => timers.push(act);
Object.defineProperty(globalThis, "navigator", { value: { clipboard: { writeText: async () => {} } } });
globalThis.hoidap = {};
new Function("element", "props", "trigger", "watch", SCRIPT)(element, {}, () => {}, () => {});
(async () => {
  const said = [];
  for (let time = 0; time < 2; time++) {
    pressed({ target: { closest: (what) => (what === "button" ? button : null) } });
    await null;
    await null;
    said.push(button.textContent);
  }
  timers.forEach((act) => act());
  console.log(JSON.stringify([...said, button.textContent]));
})();
"""


def run(program, *, script, **values):
    """What the program says, after the values it names have been set."""
    values["SCRIPT"] = (STATIC / script).read_text(encoding="utf-8")
    named = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in values.items())
    said = subprocess.run([NODE, "-e", named + program], check=True, capture_output=True, timeout=30)
    return json.loads(said.stdout)


@pytest.mark.parametrize(
    ("status", "body", "shown"),
    [
        (413, '{"detail": "Quá lớn."}', ["refused", "✗ Quá lớn."]),
        (413, "<h1>Request Entity Too Large</h1>", ["refused", "✗ LEFT"]),
        (500, "{}", ["refused", "✗ LEFT"]),
        (200, '{"file": "a.txt", "article": "uploads/a.txt"}\n', ["added", "✓ a.txt"]),
    ],
)
def test_a_refusal_is_shown_in_the_words_of_the_server(status, body, shown):
    assert run(UPLOAD, script="upload.js", STATUS=status, BODY=body) == [shown]


@pytest.mark.parametrize(
    ("status", "body", "shown"),
    [
        (200, '{"removed": "uploads/a.txt"}', []),
        (409, '{"detail": "Đang ghi."}', [["refused", "✗ uploads/a.txt Đang ghi."]]),
        (502, "<h1>Bad Gateway</h1>", [["refused", "✗ uploads/a.txt LEFT"]]),
        (0, None, [["refused", "✗ uploads/a.txt LEFT"]]),
    ],
)
def test_a_file_that_is_not_removed_is_told_of_with_the_reason(status, body, shown):
    assert run(REMOVE, script="upload.js", STATUS=status, BODY=body) == shown


@pytest.mark.parametrize(
    ("box", "listed"), [({"value": "cầu", "dataset": {"order": "file"}}, True), (None, False)]
)
def test_it_is_said_whether_the_list_is_shown_when_the_files_are_in(box, listed):
    name, event = run(READING, script="reading.js", BOX=box)
    assert (name, event["listed"]) == ("changed", listed)


def test_a_button_that_is_pressed_again_while_it_says_copied_says_afterwards_what_it_said_before():
    assert run(COPY, script="reading.js") == ["DONE", "DONE", "COPY"]
