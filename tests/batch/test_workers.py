"""Workers that grow, hang, die or are stopped: each costs at the most the one workbook it had."""

import dataclasses
import json
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
from perfgen.batch.cluster.security import ClusterError
from perfgen.batch.desk import Desk, Plan, Task
from perfgen.batch.jobs import Aim, Ended, Job, Lost
from perfgen.batch.outcomes import Verdict, exit_code
from perfgen.batch.remembering import FILE as REMEMBERED
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


def test_a_workbook_that_is_saved_while_it_is_worked_on_is_told(task):
    """Where all see one folder (--shared), the worker reads it for itself, and later."""
    changing = task("丁局.xlsx")

    def meanwhile(job):
        changing.workbook.write_bytes(changing.workbook.read_bytes() + b"\0")
        return do(job)

    outcome = Desk(Plan(shared=True)).handle(changing, meanwhile)
    assert outcome.verdict is Verdict.FAILED
    assert "丁局.xlsx 在处理时被改动了" in outcome.trouble.message


def test_an_annotated_copy_that_was_taken_away_comes_again(task):
    plan = Plan(annotate=True)
    first = Desk(plan).handle(task("丁局.xlsx"), do)
    (copy,) = (file for file in first.files if file.suffix == ".xlsx")
    assert Desk(plan).handle(task("丁局.xlsx"), do).verdict is Verdict.UNCHANGED
    before = copy.read_bytes()
    copy.unlink()
    again = Desk(plan).handle(task("丁局.xlsx"), do)
    assert (again.verdict, again.files) == (Verdict.UNCHANGED, first.files)  # as for the documents
    assert copy.read_bytes() == before


def test_a_workbook_of_the_name_of_an_annotated_copy_is_kept(task):
    own = task("丁局.xlsx")
    there = own.destination.with_name("丁局-批注.xlsx")
    there.parent.mkdir(parents=True)
    there.write_bytes(own.workbook.read_bytes())
    outcome = Desk(Plan(annotate=True)).handle(own, do)
    assert outcome.verdict is Verdict.FAILED
    assert "已经存在，又不是批注副本，没有覆盖" in outcome.trouble.message
    assert there.read_bytes() == own.workbook.read_bytes()


def test_what_is_remembered_of_an_outcome_and_cannot_be_trusted_counts_for_nothing(task):
    plan = Plan(annotate=True)
    first = Desk(plan).handle(task("丁局.xlsx"), do)
    record = next(task("丁局.xlsx").destination.parent.rglob(REMEMBERED))
    record.write_bytes(b"{")
    again = Desk(plan).handle(task("丁局.xlsx"), do)
    assert (again.row, again.files) == (first.row, first.files)
    assert json.loads(record.read_bytes())["row"]["unit"] == first.row.unit


def test_a_mistake_of_perfgens_own_costs_one_workbook(task):
    def stumble(job):
        raise RuntimeError("?")

    outcome = Desk(Plan()).handle(task("丁局.xlsx"), stumble)
    assert outcome.verdict is Verdict.FAILED
    assert "perfgen 自身出了错：RuntimeError: ?" in outcome.trouble.message


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


def broken(job):
    """What no workbook makes perfgen do."""
    raise ValueError("?")


def test_a_mistake_in_the_child_is_told_and_the_child_stays(good):
    seat = Seat(Renewal(), broken)
    job = Job(workbook=good / "丁局.xlsx", request=Request())
    try:
        first, second = seat.do(job), seat.do(job)
    finally:
        seat.close()
    assert "perfgen 自身出了错" in first.trouble.message and "ValueError" in first.trouble.message
    assert second.trouble.hint == first.trouble.hint


class Gone:
    """A place that can serve no more; `error` is how it says so."""

    def __init__(self, error):
        self.error = error

    def do(self, job):
        raise self.error

    def stop(self):
        """Nothing runs."""

    close = stop


def test_where_a_place_can_serve_no_more_all_work_ends(task):
    error = ClusterError("与集群的联系断了", hint="再运行一次")
    tasks = [task("丁局.xlsx"), task("丙局.xlsx")]
    with pytest.raises(ClusterError, match="与集群的联系断了"):
        list(run(tasks, Desk(Plan()), lambda most: [Gone(Ended(error))], 1))
    with pytest.raises(KeyboardInterrupt):
        list(run(tasks, Desk(Plan()), lambda most: [Gone(KeyboardInterrupt())], 1))


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
