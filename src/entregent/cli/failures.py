"""What goes wrong on the command line, as one line on the error stream. A fault of ours keeps its traceback."""

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from entregent.cli.language import _
from entregent.common import errors

#: Exit codes: of a command that could not be done, of one that was typed wrongly, of one that was interrupted.
FAILED, MISTYPED, INTERRUPTED = 1, 2, 130


class Failure(click.ClickException):
    """Something that an operator can mend, in one line."""


def reported(command: Callable[[], Any]) -> int:
    """Run `command`; the code with which the process is to end. Whatever an operator can mend is said in one line."""
    try:
        code = command() or 0
        sys.stdout.flush()
    except click.UsageError as error:
        return _said(f"{error.format_message()} ({_help(error)})", MISTYPED)
    except click.ClickException as error:
        return _said(error.format_message(), error.exit_code)
    except errors.DomainError as error:
        return _said(str(error.message) or _("There is no such thing here."), FAILED)
    except BrokenPipeError:
        return _hung_up()
    except OSError as error:
        return _said(_os(error), FAILED)
    except (click.Abort, KeyboardInterrupt):
        return _said(_("Interrupted."), INTERRUPTED)
    return int(code)


def _said(words: str, code: int) -> int:
    click.echo(f"entregent: {' '.join(words.split())}", err=True)
    return code


def _help(error: click.UsageError) -> str:
    return f"{error.ctx.command_path if error.ctx else 'entregent'} --help"


def _os(error: OSError) -> str:
    words = error.strerror or str(error)
    return f"{error.filename}: {words}" if error.filename else words


def _hung_up() -> int:
    """Whoever read our output has gone: leave quietly, with nothing left to flush."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED
