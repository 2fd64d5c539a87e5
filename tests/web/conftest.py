"""An officer at the page: a client that opened the first address, and works in its own folder."""

import io
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from perfgen.web.app import create_app
from perfgen.web.office import Office
from perfgen.web.pool import Pool
from perfgen.web.works import Works

SECRET = "s" * 43
PORT = 8377
ADDRESS = f"http://127.0.0.1:{PORT}"
SAMPLES = Path(__file__).parents[2] / "inputs"
PATIENCE = 300
"""Times that a page asks for a result; each answer waits for it a while."""


@pytest.fixture(scope="session")
def pool():
    """Two children for all tests: they take a while to start."""
    made = Pool()
    yield made
    made.close()


@pytest.fixture
def office(pool, tmp_path):
    folder = tmp_path / "工作簿"
    folder.mkdir()
    return Office(Works(tmp_path / "data" / "works"), pool, folder)


class Officer(TestClient):
    """A browser that opened the first address."""

    def drop(self, content, name="自评.xlsx", to="/works"):
        """Drop a file; return the address of the page that follows."""
        if not isinstance(content, bytes):
            stream = io.BytesIO()
            content.save(stream)
            content = stream.getvalue()
        answer = self.post(
            to, files={"files": (name, content)}, headers={"origin": ADDRESS},
            follow_redirects=False,
        )  # fmt: skip
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def press(self, address, **form):
        """Press a button."""
        fields = {name: (None, value) for name, value in form.items()}
        return self.post(address, files=fields or None, headers={"origin": ADDRESS})

    def part(self, address):
        """Return a part of a page once it is made, as the page itself asks for it."""
        for _ in range(PATIENCE):
            text = self.get(address).text
            if 'class="waiting"' not in text:
                return text
        raise AssertionError(text)

    def text(self, address):
        """Return the words of a part of a page."""
        return words(self.part(address))


def words(html):
    """The words of a part of a page, white space collapsed."""
    from lxml import html as parser  # noqa: PLC0415

    return re.sub(r"\s+", " ", parser.fromstring(f"<div>{html}</div>").text_content())


@pytest.fixture
def stranger(office):
    """A browser that did not open the first address."""
    return Officer(create_app(office, SECRET), base_url=ADDRESS)


@pytest.fixture
def officer(stranger):
    answer = stranger.get(f"/open/{SECRET}")
    assert answer.url.path == "/"
    return stranger
