"""Workers that grow, hang, die or are stopped: each costs at the most the one workbook it had."""

import dataclasses
import multiprocessing
import os
import signal
import subprocess
import sys
import zipfile
from contextlib import closing

import pytest

from batch.collected import of
from batch.far_workers import children_of, command_of, wait_for
from perfgen.batch.desk import Desk, Plan, Task
from perfgen.batch.jobs import Aim, Job, Lost
from perfgen.batch.outcomes import Verdict, exit_code
from perfgen.batch.running import run
from perfgen.batch.seats import Renewal, Seat, shared_seats
from perfgen.batch.work import do
from perfgen.bounds import MEGABYTE
from perfgen.build import Request
from perfgen.workbook.opening import read_file

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="要看 /proc")


def end_at_once(code):
    os._exit(code)


class Deadly(str):
    """An option that ends the worker that receives it."""

    __slots__ = ()

    def __reduce__(self):
        return end_at_once, (9,)


@pytest.fixture
def task(good, tmp_path):
    """A workbook of the folder as a task; further fields are of its request."""

    def make(name, **asked):
        path = next(good.rglob(name))
        request = Request(formats=("html",), **asked)
        return Task(path, request, tmp_path / "out" / path.parent.name / path.stem)

    return make


def outcomes(tasks, count=2, **limits):
    renewal = Renewal(**limits)
    with closing(
        run(tasks, Desk(Plan()), lambda most: shared_seats(most, renewal), count)
    ) as working:
        return {outcome.workbook.name: outcome for outcome in working}


def workers():
    """The children of this process; a layout's template may have one from an earlier test."""
    return {child.pid for child in multiprocessing.active_children()}


def test_a_workbook_that_kills_its_worker_is_tried_once_more_and_told(task):
    others = workers()
    tasks = [task("丁局.xlsx", annexes=(Deadly("x"),)), task("丙局.xlsx"), task("自评.xlsx")]
    found = outcomes(tasks)

    assert found["丁局.xlsx"].verdict is Verdict.FAILED
    assert "处理它的进程中断了" in found["丁局.xlsx"].trouble.message
    assert "单独重做了一次" in found["丁局.xlsx"].trouble.hint
    assert {found[name].verdict for name in ("丙局.xlsx", "自评.xlsx")} == {Verdict.BUILT}
    assert exit_code(list(found.values())) == 2
    assert workers() == others


@linux_only
def test_a_workbook_that_needs_too_much_memory_is_told(task):
    found = outcomes([task("丁局.xlsx")], most=30 * MEGABYTE)
    assert found["丁局.xlsx"].verdict is Verdict.FAILED


def test_a_child_is_renewed_by_count_and_by_memory(good):
    job = Job(workbook=read_file(good / "丁局.xlsx"), request=Request())
    others = workers()

    def children(**limits):
        seat, seen = Seat(Renewal(**limits)), []
        with closing(seat):
            for _ in range(3):
                assert seat.do(job).row.unit == "第3局"
                seen += workers() - others
        return len(set(seen)), len(seen)

    assert children() == (1, 3)
    assert children(count=2) == (2, 2)  # after the second call there is none
    if sys.platform == "linux":
        assert children(memory=MEGABYTE) == (0, 0)


@pytest.mark.parametrize(
    ("aim", "name"),
    [(Aim.BUILD, "exe"), (Aim.BUILD, "../x.html"), (Aim.DISCLOSE, "../外面.pdf"),
     (Aim.DISCLOSE, "..\\外面.pdf"), (Aim.DISCLOSE, "C:外面.pdf"), (Aim.DISCLOSE, "run.exe")],
)  # fmt: skip
def test_a_worker_has_no_say_in_where_is_written(task, tmp_path, aim, name):
    desk = Desk(Plan(aim=aim))

    def lie(job):
        made = do(dataclasses.replace(job, aim=Aim.CHECK))
        return dataclasses.replace(made, documents={name: b"x"})

    outcome = desk.handle(task("丁局.xlsx"), lie)
    assert outcome.verdict is Verdict.FAILED
    assert "没有要的文件" in outcome.trouble.message
    assert not (tmp_path / "out").exists()


def test_a_seat_that_was_stopped_serves_no_more(good):
    seat = Seat(Renewal())
    seat.stop()
    with pytest.raises(Lost):
        seat.do(Job(workbook=read_file(good / "丁局.xlsx"), request=Request()))


# --- the whole command, in a process of its own --------------------------------------------------


@pytest.fixture
def many(tmp_path):
    """Twelve workbooks in a folder."""
    home = tmp_path / "收集"
    home.mkdir()
    for number in range(12):
        of(f"第{number}局", 100 + number).save(home / f"单位{number:02d}.xlsx")
    return home


def start(folder, *options):
    # Ctrl-C is heard although whoever runs the tests may have it ignored (nohup).
    listening = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from perfgen.__main__ import main; main()"
    )
    command = [sys.executable, "-c", listening, "batch", "收集", "--format", "docx", "-j", "2"]
    return subprocess.Popen(
        [*command, *options], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def documents(folder):
    return {path.name: path.stat().st_mtime_ns for path in (folder / "outputs").glob("*.docx")}


@linux_only
def test_workers_that_are_killed_or_stand_still_cost_nothing_in_the_end(many, tmp_path):
    process = start(tmp_path, "--timeout", "8")
    wait_for(lambda: documents(tmp_path))
    first, second = children_of(process.pid)
    os.kill(first, signal.SIGKILL)
    os.kill(second, signal.SIGSTOP)
    said = process.communicate()[0].decode()

    assert process.returncode == 0, said
    assert "12 个工作簿：已生成 12；" in said
    assert len(documents(tmp_path)) == 12


@linux_only
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_interrupted_and_started_again_it_goes_on_where_it_was(many, tmp_path, how):
    process = start(tmp_path)
    wait_for(lambda: len(documents(tmp_path)) >= 3)
    workers = children_of(process.pid)
    process.send_signal(how)
    said = process.communicate()[0].decode()
    before = documents(tmp_path)

    if how is signal.SIGINT:
        assert process.returncode == 130
        assert f"已中断：12 个工作簿做完了 {len(before)} 个" in said
        assert "Traceback" not in said
    wait_for(lambda: not any(command_of(pid) for pid in workers))  # no worker is left behind
    assert 3 <= len(before) < 12
    for name in before:
        assert zipfile.ZipFile(tmp_path / "outputs" / name).testzip() is None

    again = start(tmp_path)
    said = again.communicate()[0].decode()
    assert again.returncode == 0
    after = documents(tmp_path)
    assert len(after) == 12
    written_again = [name for name in before if after[name] != before[name]]
    assert len(written_again) <= (0 if how is signal.SIGINT else 2)
