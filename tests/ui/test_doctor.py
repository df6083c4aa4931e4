"""What the doctor found is shown as it is."""

from __future__ import annotations

import io

from rich.console import Console

from ui.doctor import Report


def test_paths_and_messages_are_no_markup():
    report = Report(
        versions={"hoidap": "1.0", "torch": None},
        encoder="bag-1",
        reader="reader-1",
        model_files={"encoder/model.onnx": "00ff"},
        index={"folder": "x[/y]"},
        network=(),
        problem="There is no index in x[/y]: make one with [bold]hoidap index[/bold].",
        exit_status=3,
    )
    shown = io.StringIO()
    Console(file=shown, soft_wrap=True, highlight=False).print(report)
    assert [line.split(maxsplit=1) for line in shown.getvalue().splitlines()] == [
        ["hoidap", "1.0"],
        ["torch", "not installed"],
        ["encoder", "bag-1"],
        ["reader", "reader-1"],
        ["encoder/model.onnx", "00ff"],
        ["index", f"{'folder':16} x[/y]"],
        ["network", "nothing is looked up or sent"],
        ["state", "There is no index in x[/y]: make one with [bold]hoidap index[/bold]."],
    ]
