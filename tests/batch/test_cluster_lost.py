"""What the one who asks is told when a cluster cannot go on; the cluster runs in this process."""

import dataclasses
import json
from contextlib import contextmanager
from threading import Thread

import pytest
from distributed import LocalCluster

from perfgen.batch.cluster import bench, client
from perfgen.batch.cluster.bench import Bench
from perfgen.batch.cluster.client import RemotePlace, check_makes, cluster_at, connected
from perfgen.batch.cluster.luggage import Luggage, pack, unpack
from perfgen.batch.cluster.makes import this_make
from perfgen.batch.cluster.security import Certificates, ClusterError
from perfgen.batch.jobs import Aim, Ended, Job, Lost
from perfgen.batch.seats import Renewal
from perfgen.build import Request, build
from perfgen.layouts import templates_folder
from perfgen.layouts.files import files_in
from workbooks.make import good_workbook

LAYOUT = "suzhou-self-evaluation"


@contextmanager
def cluster_of(workers, folder):
    """A scheduler, and so many workers of one thread each."""
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=False, protocol="tcp",
        host="127.0.0.1", dashboard_address="127.0.0.1:0", local_directory=folder, silence_logs=50,
    ) as made:  # fmt: skip
        yield made


@pytest.fixture(scope="module")
def one_worker(tmp_path_factory):
    """A cluster with a worker."""
    with cluster_of(1, tmp_path_factory.mktemp("one")) as made:
        yield made.scheduler_address


@pytest.fixture(scope="module")
def no_worker(tmp_path_factory):
    """A cluster to which no worker has come yet."""
    with cluster_of(0, tmp_path_factory.mktemp("none")) as made:
        yield made.scheduler_address


@pytest.fixture
def job(saved):
    """A workbook that is to be checked."""
    return Job(workbook=saved(good_workbook()), request=Request(), aim=Aim.CHECK)


def test_a_worker_does_the_job_as_it_was_asked_and_its_bench_is_taken_away(
    one_worker, saved, monkeypatch, tmp_path
):
    """The moment that documents state (SOURCE_DATE_EPOCH) is that of the one who asks."""
    job = Job(workbook=saved(good_workbook()), request=Request(formats=("docx",)))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    luggage = pack([job.request], prints_pdf=False)
    alone = build(job.workbook, job.request).documents["docx"]
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    with cluster_at(one_worker, Certificates(), lambda: luggage, Renewal()) as cluster:
        assert (cluster.threads, cluster.wanted) == (1, 2)
        (place,) = cluster.places(1)
        first, second = place.do(job), place.do(job)
        place.close()
    assert first.documents == second.documents == {"docx": alone}
    with connected(one_worker, Certificates()) as asked, pytest.raises(Lost, match="还没有准备好"):
        RemotePlace(asked, "perfgen-another").do(job)


def test_the_makes_of_all_workers_are_listed_as_json(one_worker, perfgen):
    told = perfgen("cluster-check", one_worker, "--json")
    data = json.loads(told.out)
    assert (told.code, data["ok"], len(data["workers"])) == (0, True, 1)
    assert data["here"]["python"] == this_make().python
    assert data["workers"][0] | {"address": ""} == {
        "address": "", "threads": 1, "ok": True, "make": data["here"], "differs": [],
    }  # fmt: skip


def test_a_cluster_without_workers_is_told_before_anything_begins(no_worker, perfgen, saved):
    workbook = saved(good_workbook())
    told = perfgen("batch", workbook, "--cluster", no_worker)
    assert told.code == 2
    assert "集群里没有工作进程" in told.err and "先启动工作进程" in told.err
    told = perfgen("cluster-check", no_worker, "--json")
    assert (told.code, json.loads(told.out)["workers"]) == (1, [])


@pytest.mark.parametrize(
    ("answer", "says"),
    [(ModuleNotFoundError("perfgen"), "没有安装 perfgen，或版本太旧"), (ValueError(), "没有回答")],
)
def test_a_worker_that_does_not_say_what_it_has_is_not_used(answer, says):
    """What a worker without perfgen answers comes back as the error that it met."""
    worker = client._worker("tcp://127.0.0.1:1", 1, answer)
    with pytest.raises(ClusterError, match=says):
        check_makes([worker])


def test_a_worker_on_which_nothing_can_be_laid_out_is_told(one_worker):
    cut_off = Luggage({"layouts0": b"PK\x03\x04 cut off"})
    with (
        pytest.raises(ClusterError, match="工作进程准备不好（BadZipFile") as raised,
        cluster_at(one_worker, Certificates(), lambda: cut_off, Renewal()),
    ):
        pass
    assert raised.value.hint == "检查它们的磁盘空间"


def test_a_worker_of_another_make_that_joins_midway_ends_the_work(one_worker, job, monkeypatch):
    """Here asker and worker are one process: only the worker is made to say something else."""
    other = dataclasses.replace(this_make(), python="3.11.0")
    with connected(one_worker, Certificates()) as asked:
        asked.register_plugin(Bench("bench", Luggage(), Renewal(), this_make()), name="bench")
        monkeypatch.setattr(bench, "this_make", lambda: other)
        with pytest.raises(Ended) as raised:
            RemotePlace(asked, "bench").do(job)
        asked.unregister_worker_plugin("bench")
    told = str(raised.value.error)
    assert told.startswith("中途加入的工作进程 tcp://127.0.0.1")
    assert f"与这里不同：Python 3.11.0（这里 {this_make().python}），已停下" in told


def waiting(place, job):
    """Let a thread wait for a job; returns the thread, and the list in which its error comes."""
    errors = []

    def wait():
        try:
            place.do(job)
        except (Lost, Ended) as error:
            errors.append(error)

    thread = Thread(target=wait)
    thread.start()
    return thread, errors


def test_who_stops_waits_no_longer(no_worker, job, monkeypatch):
    monkeypatch.setattr(client, "_LOOK", 0.05)
    with connected(no_worker, Certificates()) as asked:
        place = RemotePlace(asked, "bench")
        thread, errors = waiting(place, job)
        place.stop()
        thread.join()
    assert [str(error) for error in errors] == ["已经停下"]
    assert isinstance(errors[0], Lost)


def test_where_all_workers_stay_away_the_work_ends(no_worker, job, monkeypatch):
    monkeypatch.setattr(client, "_LOOK", 0.05)
    monkeypatch.setattr(client, "WITHOUT_WORKERS", 0)
    with connected(no_worker, Certificates()) as asked:
        with pytest.raises(Ended, match="0 秒没有一个工作进程") as raised:
            RemotePlace(asked, "bench").do(job)
        assert "启动工作进程以后再运行一次，接着做其余的" in raised.value.error.hint


def test_where_the_scheduler_goes_the_work_ends(job, tmp_path, monkeypatch):
    monkeypatch.setattr(client, "_LOOK", 0.05)
    with (
        cluster_of(0, tmp_path) as made,
        connected(made.scheduler_address, Certificates()) as asked,
    ):
        thread, errors = waiting(RemotePlace(asked, "bench"), job)
        made.close()
        thread.join()
    (error,) = errors
    assert isinstance(error, Ended) and "与集群的联系断了" in str(error)
    assert "做完的已经写好" in error.error.hint


# --- the luggage ---------------------------------------------------------------------------------


def test_layouts_and_fonts_are_laid_out_as_they_were(tmp_path):
    """A layout that is named itself takes the shared folder along, on which its template stands."""
    fonts, empty = tmp_path / "fonts", tmp_path / "empty"
    fonts.mkdir()
    empty.mkdir()
    (fonts / "某某.ttf").write_bytes(b"font")
    (fonts / "说明.txt").write_bytes(b"no font")
    layout = templates_folder() / LAYOUT
    request = Request(layouts=(layout,), fonts=(fonts, empty, tmp_path / "none"))
    luggage = pack([request], prints_pdf=False)
    home = tmp_path / "there"
    unpack(luggage, home)

    there = home / luggage.places[str(layout)]
    assert {file.relative_to(there) for file in files_in(there)} == {
        file.relative_to(layout) for file in files_in(layout)
    }
    assert list(files_in(there.parent / "_shared"))
    placed = home / luggage.places[str(fonts)]
    assert [file.name for file in placed.iterdir()] == ["某某.ttf"]
    assert str(empty) in luggage.places and str(tmp_path / "none") in luggage.places
