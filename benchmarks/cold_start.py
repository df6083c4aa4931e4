"""How long `hoidap ask` takes from process start to answer, beside the libraries that it cannot do without.

python -m benchmarks.cold_start
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROUNDS = 7
_QUESTION = "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"


def main() -> None:
    """Print the medians of alternating runs."""
    with tempfile.TemporaryDirectory() as scratch:
        state = Path(scratch) / "index"
        python = [sys.executable]
        subprocess.run(
            [*python, "-m", "ui", "index", "corpus", "--index", state], check=True, capture_output=True
        )
        commands = {
            "python, nothing imported": [*python, "-c", "pass"],
            "its libraries, imported": [
                *python,
                "-c",
                "import faiss, onnxruntime, tokenizers, typer, rich.text",
            ],
            "hoidap ask": [*python, "-m", "ui", "ask", _QUESTION, "--index", str(state)],
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(_ROUNDS):
            for name, command in commands.items():
                started = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                seconds[name].append(time.perf_counter() - started)
    libraries = statistics.median(seconds["its libraries, imported"])
    print(f"{'':28} {'median s':>9} {'worst s':>9} {'of libraries':>13}")
    for name, times in seconds.items():
        median = statistics.median(times)
        print(f"{name:28} {median:9.2f} {max(times):9.2f} {median / libraries:12.2f}x")


if __name__ == "__main__":
    main()
