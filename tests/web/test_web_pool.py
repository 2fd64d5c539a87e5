"""The children that do the work: progress, a stop, and a seat that is free again."""

import time

import pytest

from perfgen.errors import PerfgenError
from perfgen.web.pool import STOPPED, Task


def slow(progress):
    """A task that tells its stage and takes its time."""
    progress.write_text("排版", encoding="utf-8")
    time.sleep(600)


def refuse(progress):
    raise PerfgenError("读不懂")


def stumble(progress):
    raise ValueError("oops")


def done(progress):
    return "done"


@pytest.fixture
def ask(pool, tmp_path):
    """Ask for a task; its answer, and the error that it raised."""
    told = {}

    def asked(function, key="x"):
        task = Task(
            function, (tmp_path / "stage",),
            lambda answer: told.update(answer=answer), lambda error: told.update(error=error),
        )  # fmt: skip
        return pool.ask((str(tmp_path), key), tmp_path / "stage", task)

    asked.told = told
    return asked


def test_an_answer_comes_and_the_ticket_is_gone(ask, pool, tmp_path):
    assert ask(done).wait(120)
    assert ask.told == {"answer": "done"}
    assert pool.ticket((str(tmp_path), "x")) is None


def test_an_error_of_perfgens_own_is_a_result(ask):
    ticket = ask(refuse)
    assert ticket.wait(120)
    assert ask.told["error"].message == "读不懂"
    assert not ticket.trouble


def test_a_stumble_is_told_and_may_be_tried_again(ask):
    ticket = ask(stumble)
    assert ticket.wait(120)
    assert "oops" in ticket.trouble
    assert ask(done).wait(120)


def test_a_task_tells_its_stage_and_can_be_stopped(ask):
    ticket = ask(slow)
    while ticket.stage() != "排版":
        time.sleep(0.05)
    assert ask(slow) is ticket  # asked again, it is the same task
    ticket.stop()
    assert ticket.wait(120)
    assert ticket.trouble == STOPPED
    assert ask(done, "y").wait(120)


def test_a_task_that_waits_can_be_stopped_before_it_runs(ask):
    running = [ask(slow, f"slow {number}") for number in range(2)]
    waiting = ask(done, "waiting")
    waiting.stop()
    for ticket in running:
        ticket.stop()
    assert waiting.wait(120)
    assert waiting.trouble == STOPPED
    assert "answer" not in ask.told
