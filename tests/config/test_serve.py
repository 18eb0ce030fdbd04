"""The server as a process: it answers, and ends at once and cleanly when it is told to."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.parse import urlencode

PROGRAM = """
import sys
import django
django.setup()
from entregent.config.serve import serve
serve(int(sys.argv[1]))
"""


def answer(url):
    """The status of a page, once somebody answers."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=10) as page:
                return page.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    return None


def test_pages_are_served_until_the_process_is_told_to_end(installed):
    environment = installed.environment(DJANGO_SETTINGS_MODULE="entregent.config.settings")
    command = [sys.executable, "-c", PROGRAM, str(installed.port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        statuses = answer(installed.url), answer(f"{installed.url}/s/NOWHERE/")
    finally:
        process.send_signal(signal.SIGTERM)
        said, complained = process.communicate(timeout=30)
    assert (statuses, process.returncode, said.strip()) == ((200, 404), 0, installed.url)
    assert "Traceback" not in complained


def test_whoever_comes_is_heard_though_many_keep_a_connection_open(installed):
    with installed.serve() as url, ExitStack() as open_lines:
        for _ in range(150):
            line = HTTPConnection("127.0.0.1", installed.port, timeout=60)
            line.request("GET", "/static/entregent/icon.svg")
            assert line.getresponse().read() != b""
            open_lines.callback(line.close)
        assert answer(url) == 200


def tried(port, visitor, times):
    """What somebody is answered who asks for so many codes, through the proxy on this machine."""
    headers = {"X-Forwarded-For": visitor, "Cookie": f"csrftoken={'x' * 32}"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    line, statuses = HTTPConnection("localhost", port, timeout=60), []
    for number in range(times):
        said = urlencode({"csrfmiddlewaretoken": "x" * 32, "email": f"{visitor}.{number}@example.org"})
        line.request("POST", "/entrer/", said, headers)
        answer = line.getresponse()
        answer.read()
        statuses.append(answer.status)
    line.close()
    return statuses


def test_whoever_comes_through_the_proxy_has_tries_of_their_own(installed):
    with installed.serve(ENTREGENT_MAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        many, other = (
            tried(installed.port, visitor, times) for visitor, times in (("192.0.2.1", 32), ("192.0.2.2", 1))
        )
    assert (set(many[:30]), many[30:], other) == ({302}, [422] * 2, [302])


def test_a_demonstration_lets_nobody_in_who_comes_through_a_proxy(installed):
    with installed.serve("demo", "--small") as url:
        pages = []
        for headers in ({}, {"X-Forwarded-For": "192.0.2.1"}):
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as page:
                pages.append("/demonstration/" in page.read().decode())
    assert pages == [True, False]
