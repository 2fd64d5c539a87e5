"""A call in a child process comes back, whatever it does: with its result or a bound's name."""

import os
import signal
import sys
import time

import pytest

from patience import WAIT
from perfgen.bounds import MEGABYTE, Bounds, CallFailed, Limit, OutOfBounds, Worker
from perfgen.errors import PageError

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 计每个进程的内存")


def add(one, two):
    return one + two


def spin():
    while True:
        pass


def grow():
    return len(bytearray(4000 * MEGABYTE))


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def leave():
    os._exit(0)


def refuse():
    raise PageError("模板不对", hint="改模板")


def stumble():
    raise KeyError("甲")


def number():
    return os.getpid()


@pytest.fixture(scope="module")
def worker():
    made = Worker(Bounds(seconds=1, memory=600 * MEGABYTE, clock=WAIT))
    yield made
    made.close()


def test_a_call_gives_its_result_and_the_child_stays_warm(worker):
    assert worker.call(add, "甲", "乙") == "甲乙"
    assert worker.call(number) == worker.call(number) != os.getpid()


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        (spin, Limit.TIME),
        pytest.param(grow, Limit.MEMORY, marks=linux_only),
        (die, Limit.DIED),
        (leave, Limit.DIED),
    ],
)
def test_a_bound_that_is_hit_is_named_and_the_next_call_works(worker, what, limit):
    with pytest.raises(OutOfBounds) as hit:
        worker.call(what)

    assert hit.value.limit is limit
    assert worker.call(add, 1, 2) == 3


def test_each_call_has_its_time_to_itself(worker):
    for _ in range(4):
        worker.call(_work_for, 0.5)


def _work_for(seconds):
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass


def test_what_the_function_raises_comes_back(worker):
    with pytest.raises(PageError, match="模板不对") as error:
        worker.call(refuse)
    assert error.value.hint == "改模板"
    with pytest.raises(CallFailed, match="KeyError: '甲'"):
        worker.call(stumble)


def test_a_child_that_was_killed_between_two_calls_is_made_anew(worker):
    os.kill(worker.call(number), signal.SIGKILL)
    time.sleep(0.2)

    assert worker.call(add, 1, 2) == 3


def ignores(number):
    return signal.getsignal(number) is signal.SIG_IGN


def test_a_closed_worker_leaves_no_process(worker):
    other = Worker(Bounds(seconds=1, memory=600 * MEGABYTE, clock=WAIT))
    child = other.call(number)

    other.close()

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有这个信号")
def test_a_child_ends_although_its_caller_will_not_be_ended_by_a_signal():
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        other = Worker(Bounds(seconds=1, memory=600 * MEGABYTE, clock=WAIT))
        child = other.call(number)
        assert not other.call(ignores, signal.SIGTERM)
        other.close()
    finally:
        signal.signal(signal.SIGTERM, before)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
