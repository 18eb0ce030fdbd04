"""The command line, for operators and for trying things. It is a door: one action or one query, and back."""

import sys

from entregent.cli import commands, failures


def main() -> None:
    """Run the command that was typed, and end the process with its code."""
    sys.exit(failures.reported(lambda: commands.entregent.main(prog_name="entregent", standalone_mode=False)))
