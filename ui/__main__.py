"""``python -m ui`` is ``hoidap``."""

from ui.cli import main

main()
