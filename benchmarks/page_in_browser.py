"""How long an officer waits at the page of `perfgen serve`, asked as a browser asks.

`python benchmarks/page_in_browser.py` measures it alone; `make bench` measures it with the rest.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from measuring import ROUNDS, Row
from workbooks import SAMPLE

_BOUNDARY = "perfgen-benchmark"
WARM = 10.0
"""Seconds in which the children load what they need, as while an officer looks for a file."""


class Browser:
    """Asks with a cookie, as a browser does."""

    def __init__(self) -> None:
        """Know nothing yet."""
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def get(self, address: str) -> str:
        """Return an answer's text."""
        with self._opener.open(address) as answer:
            return str(answer.read().decode())

    def drop(self, origin: str, workbook: Path) -> str:
        """Drop a workbook; return the address of its page."""
        head = (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; '
            f'filename="{workbook.name}"\r\n\r\n'
        )
        body = head.encode() + workbook.read_bytes() + f"\r\n--{_BOUNDARY}--\r\n".encode()
        headers = {"Origin": origin, "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
        asked = urllib.request.Request(f"{origin}/works", body, headers)
        with self._opener.open(asked) as answer:
            return str(answer.url)

    def wait(self, address: str) -> None:
        """Ask for a part of a page until it is made."""
        while 'class="waiting"' in self.get(address):
            time.sleep(0.15)  # as the page itself asks


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Browser]]:
    """A server, and a browser that has its first page."""
    command = [sys.executable, "-m", "perfgen", "serve", "--no-browser", "--json",
               "--data", str(folder)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())["address"]
        browser = Browser()
        browser.get(address)
        try:
            yield "{0.scheme}://{0.netloc}".format(urlsplit(address)), browser
        finally:
            process.terminate()


def _first_page(folder: Path) -> float:
    start = time.perf_counter()
    with served(folder):
        return time.perf_counter() - start


def in_browser() -> Iterator[Row]:
    """Measure the first page, and what comes after a drop in a server that is warm."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _first_page(folder)
        first = median(_first_page(folder) for _ in range(ROUNDS))
        findings: list[float] = []
        pages: list[float] = []
        with served(folder) as (origin, browser):
            time.sleep(WARM)
            for number in range(ROUNDS + 1):
                start = time.perf_counter()
                page = browser.drop(origin, SAMPLE)
                browser.wait(f"{page}/findings")
                seconds = time.perf_counter() - start
                browser.wait(f"{page}/pages")
                if number:
                    findings.append(seconds)
                    pages.append(time.perf_counter() - start)
    yield Row("serve: from the command to the first page", f"{first:.2f} s", "≤ 0.6 s", "")
    yield Row("serve: findings of the sample after the drop", f"{median(findings):.2f} s",
              "≤ 1 s", "")  # fmt: skip
    yield Row("serve: its pages", f"{median(pages):.2f} s", "≤ 1.5 s", "")


if __name__ == "__main__":
    for row in in_browser():
        print(f"{row.what}: {row.measured} (wanted {row.wanted})", flush=True)
