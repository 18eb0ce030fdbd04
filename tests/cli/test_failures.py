"""What goes wrong is one line on the error stream and a code, never a traceback; `--help` needs nothing."""

import os
import re
import socket
import subprocess

import click
import pytest

from entregent.cli import failures
from entregent.common import errors
from tests.installation import COMMAND, Installation
from tests.migrated import migrate

pytestmark = pytest.mark.both


def complaint(raised: BaseException, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The code and the line for something that a command raises."""

    def command() -> None:
        raise raised

    return failures.reported(command), capsys.readouterr().err


@pytest.mark.parametrize(
    ("raised", "code", "line"),
    [
        (errors.Refused("Not now."), 1, "entregent: Not now.\n"),
        (errors.NotFound(), 1, "entregent: There is no such thing here.\n"),
        (failures.Failure("two\nlines"), 1, "entregent: two lines\n"),
        (PermissionError(13, "Permission denied", "/home/x"), 1, "entregent: /home/x: Permission denied\n"),
        (click.UsageError("What?"), 2, "entregent: What? (entregent --help)\n"),
        (KeyboardInterrupt(), 130, "entregent: Interrupted.\n"),
    ],
)
def test_what_an_operator_can_mend_is_one_line(
    raised: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
):
    assert complaint(raised, capsys) == (code, line)


def test_a_fault_of_ours_keeps_its_traceback(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(ZeroDivisionError):
        complaint(ZeroDivisionError(), capsys)


def test_a_command_ends_with_its_own_code():
    assert (failures.reported(lambda: None), failures.reported(lambda: 3)) == (0, 3)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("ask",), "entregent: Missing argument 'TEXT'. (entregent ask --help)"),
        (("fly",), "entregent: No such command 'fly'. (entregent --help)"),
        (("ask", "seo", "--as", "x", "--limit", "0"), "0 is not in the range 1<=x<=100. (entregent ask --help)"),
        (
            ("ask", "seo", "--as", "\udcff"),
            "Invalid value for '--as': this is not text in UTF-8. (entregent ask --help)",
        ),
        (("ask", "\udcff", "--as", "x"), "Invalid value for 'TEXT': this is not text in UTF-8. (entregent ask --help)"),
        (("demo", "--on", "9999-12-31"), "'9999-12-31' is no day; 2026-11-22 is wanted. (entregent demo --help)"),
        (("demo", "--on", "yesterday"), "'yesterday' is no day; 2026-11-22 is wanted. (entregent demo --help)"),
    ],
)
def test_what_is_mistyped_is_one_line(bare: Installation, words: tuple[str, ...], line: str):
    done = bare.run(*words)
    assert (done.returncode, done.stdout, line in done.stderr, done.stderr.count("\n")) == (2, "", True, 1)


def test_help_needs_no_home_and_no_database(bare: Installation):
    done = bare.run("ask", "--help", ENTREGENT_DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert (done.returncode, done.stderr, bare.home.exists()) == (0, "", False)


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({"ENTREGENT_DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}, "Connection refused"),
        ({"ENTREGENT_DATABASE_URL": "mysql://here"}, "ENTREGENT_DATABASE_URL"),
        ({"ENTREGENT_PORT": "eighty"}, "ENTREGENT_PORT='eighty': a port between 1 and 65535 is wanted"),
        ({"ENTREGENT_HOME": f"{__file__}/home"}, "home"),
    ],
)
def test_an_installation_that_cannot_start_says_why(bare: Installation, variables: dict[str, str], line: str):
    done = bare.run("serve", **variables)
    assert (done.returncode, done.stdout, line in done.stderr, done.stderr.count("\n")) == (1, "", True, 1)


@pytest.mark.parametrize("command", [("ask", "seo", "--as", "x"), ("doctor",)])
def test_an_empty_installation_says_what_to_do(bare: Installation, command: tuple[str, ...]):
    done = bare.run(*command)
    assert (done.returncode, done.stdout, "entregent demo" in done.stderr, done.stderr.count("\n")) == (1, "", True, 1)


def test_a_database_of_an_earlier_version_is_one_line_that_says_what_to_do(installed: Installation):
    migrate(installed, "recall", "zero")
    done = installed.run("doctor")
    words = "The database is of an earlier version: copy it, then `entregent serve` brings it up to date."
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"entregent: {words}\n")


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_one_line(bare: Installation, command: str):
    with socket.create_server(("127.0.0.1", bare.port)):
        done = bare.run(command)
    taken = f"Port {bare.port} is taken: name another one, ENTREGENT_PORT={bare.port + 1}."
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"entregent: {taken}\n")


def test_a_reader_who_has_left_is_no_traceback(demonstration: Installation):
    read, written = os.pipe()
    os.close(read)
    command = [str(COMMAND), "suggest", "--as", "jeremie", "--json"]
    done = subprocess.run(
        command, env=demonstration.environment(), stdout=written, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(written)
    assert (done.returncode, re.fullmatch(r"\d+\.\d ms\n", done.stderr) is not None) == (1, True)
