"""The same batch on other machines: workers come and go, the bytes are those of single builds."""

import dataclasses
import os
import re
import shutil
import subprocess
import sys

import pytest

from batch.collected import of
from batch.far_workers import SOURCE, FarWorkers, kill_for_good, kill_under_nanny, wait_for
from patience import WAIT
from perfgen.batch.cluster import client
from perfgen.batch.cluster.makes import WHEELS, differences, this_make
from perfgen.batch.cluster.security import (
    Certificates,
    ClusterError,
    check_workers,
    is_loopback,
    secured,
)
from perfgen.build import Request, build
from perfgen.layouts import templates_folder

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="要看 /proc")
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="要有 openssl 来造证书")

LAYOUT = "suzhou-self-evaluation"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Eight workbooks; those in 乙区 have a layout of their own, of which one sentence differs."""
    home = tmp_path_factory.mktemp("cluster") / "收集"
    for number in range(8):
        path = home / ("甲区" if number % 2 else "乙区") / f"单位{number:02d}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        of(f"第{number}局", 100 + number).save(path)
    own = home / "乙区" / "layouts"
    shutil.copytree(templates_folder() / "_shared", own / "_shared")
    shutil.copytree(templates_folder() / LAYOUT, own / LAYOUT)
    template = own / LAYOUT / "report.html.j2"
    text = template.read_text("utf-8")
    assert "<h1>" in text
    template.write_text(text.replace("<h1>", "<h1>（本市）", 1), "utf-8")
    return home


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler with three workers."""
    made = FarWorkers(tmp_path_factory.mktemp("dask"))
    workers = [made.add_worker() for _ in range(3)]
    try:
        made.wait_for_workers(3)
        yield made, workers
    finally:
        made.close()


def start(folder, *arguments):
    """Start a command in a process of its own, as in a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "perfgen", *map(str, arguments)], cwd=folder.parent,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip


def said(process, code):
    text = process.communicate(timeout=WAIT)[0].decode()
    assert process.returncode == code, text
    return text


@linux_only
def test_workers_are_killed_and_all_bytes_are_those_of_single_builds(cluster, folder, perfgen):
    far, (first, second, _) = cluster
    out = folder.parent / "集群"
    command = ("batch", folder, "-o", out, "--format", "docx,html", "--cluster", far.address)
    process = start(folder, *command)
    wait_for(lambda: out.is_dir() and len(list(out.glob("*.docx"))) >= 2)
    kill_under_nanny(first)
    kill_for_good(second)

    assert "8 个工作簿：已生成 8；" in said(process, 0)
    for workbook in folder.glob("*/*.xlsx"):
        own = workbook.parent / "layouts"
        request = Request(formats=("docx", "html"), layouts=(own,) if own.is_dir() else ())
        for kind, content in build(workbook, request).documents.items():
            assert (out / f"{workbook.stem}.{kind}").read_bytes() == content
    assert "（本市）" in (out / "单位00.html").read_text("utf-8")

    assert "没有变化 8；" in said(start(folder, *command), 0)
    assert "没有变化 8；" in perfgen("batch", folder, "-o", out, "--format", "docx,html").out


def test_a_pdf_has_the_fonts_of_the_one_who_asked(cluster, folder):
    far, _ = cluster
    workbook = folder / "乙区" / "单位00.xlsx"
    command = ("batch", workbook, "-o", "字体", "--format", "pdf", "--shared")
    said(start(folder, *command, "--cluster", far.address), 0)

    request = Request(formats=("pdf",), layouts=(folder / "乙区" / "layouts",))
    single = build(workbook, request).documents["pdf"]
    assert (folder.parent / "字体" / "单位00.pdf").read_bytes() == single


def test_a_worker_of_another_make_is_refused(cluster, folder, tmp_path):
    far, _ = cluster
    assert "可以使用" in said(start(folder, "cluster-check", far.address), 0)
    other = tmp_path / "src"
    shutil.copytree(SOURCE / "perfgen", other / "perfgen")
    shutil.copytree(templates_folder(), tmp_path / "templates")
    version = other / "perfgen" / "__init__.py"
    version.write_text(version.read_text("utf-8").replace('"0.1.0"', '"0.0.9"'), "utf-8")
    stranger = far.add_worker(other, nanny=False)
    try:
        told = wait_for(lambda: _refused(folder, far))
        assert "perfgen 0.0.9（这里 0.1.0）" in told
        assert "不能使用" in told
        batch = start(folder, "batch", folder, "-o", "拒绝", "--cluster", far.address)
        assert "与这里不同：perfgen 0.0.9（这里 0.1.0）；生成的文件会不一样，没有开始" in said(
            batch, 2
        )
        assert not (folder.parent / "拒绝").exists()
    finally:
        kill_for_good(stranger)


def _refused(folder, far):
    process = start(folder, "cluster-check", far.address)
    text = process.communicate(timeout=WAIT)[0].decode()
    return text if process.returncode == 1 else None


# --- who may be talked to ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tcp://192.0.2.7:8786", "不在本机，又没有加密"),
        ("192.0.2.7:8786", "不在本机，又没有加密"),
        ("tls://192.0.2.7:8786", "要有证书"),
        ("ws://127.0.0.1:8786", "不能用 ws://"),
    ],
)
def test_beyond_this_machine_tls_is_required(perfgen, good, address, says):
    refused = perfgen("batch", good, "--cluster", address)
    assert refused.code == 2
    assert says in refused.err
    assert "docs/扩展.md" in refused.err or "tls://" in refused.err
    assert not good.with_name("outputs").exists()


def test_only_this_machine_itself_is_the_loopback():
    assert is_loopback("tcp://127.0.0.1:8786")
    assert is_loopback("tcp://[::1]:8786")
    assert not is_loopback("tcp://0.0.0.0:8786")
    assert not is_loopback("tcp://192.0.2.7:8786")
    assert not is_loopback("tcp://127.0.0.1.example.invalid:8786")
    check_workers(["tcp://127.0.0.1:1", "tls://192.0.2.7:1"])
    with pytest.raises(ClusterError, match=r"工作进程 tcp://192\.0\.2\.7:1 不在本机"):
        check_workers(["tls://192.0.2.7:2", "tcp://192.0.2.7:1"])


def test_a_certificate_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ClusterError, match=r"没有证书文件 .*没有\.pem"):
        secured("tls://192.0.2.7:8786", Certificates(tmp_path / "没有.pem"))


def test_a_scheduler_that_is_not_there_is_told(perfgen, monkeypatch):
    monkeypatch.setattr(client, "PATIENCE", 1)
    told = perfgen("cluster-check", "tcp://127.0.0.1:9")
    assert told.code == 2
    assert "连不上集群 tcp://127.0.0.1:9" in told.err


@linux_only
@needs_openssl
def test_with_certificates_the_work_is_done_encrypted(folder, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key,
         "-out", certificate, "-subj", "/CN=perfgen-test"],
        check=True, capture_output=True,
    )  # fmt: skip
    options = ("--tls-ca-file", certificate, "--tls-cert", certificate, "--tls-key", key)
    far = FarWorkers(tmp_path, *options, scheme="tls")
    try:
        far.add_worker(nanny=False)
        far.wait_for_workers(1, Certificates(certificate, certificate, key))
        tls = ("--tls-ca", certificate, "--tls-cert", certificate, "--tls-key", key)
        workbook = folder / "甲区" / "单位01.xlsx"
        command = ("batch", workbook, "-o", "加密", "--format", "html", *tls)
        assert "已生成 1；" in said(start(folder, *command, "--cluster", far.address), 0)
        assert "要有证书" in said(start(folder, "cluster-check", far.address), 2)
    finally:
        far.close()
    single = build(workbook, Request(formats=("html",))).documents["html"]
    assert (folder.parent / "加密" / "单位01.html").read_bytes() == single


# --- what a machine builds with ------------------------------------------------------------------


def test_each_thing_that_differs_is_told():
    ours = this_make()
    assert differences(ours, ours) == []
    theirs = dataclasses.replace(
        ours, python="3.11.0", zlib="1.2.0", wheels={**ours.wheels, "lxml": "1.0"}
    )
    told = "；".join(differences(ours, theirs))
    assert f"Python 3.11.0（这里 {ours.python}）" in told
    assert f"zlib 1.2.0（这里 {ours.zlib}）" in told
    assert f"lxml 1.0（这里 {ours.wheels['lxml']}）" in told
    (code,) = differences(ours, dataclasses.replace(ours, code="0"))
    assert "代码或版式不同" in code


def test_every_package_that_perfgen_needs_is_compared():
    import tomllib  # noqa: PLC0415

    project = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=\[]", text)[0].lower() for text in project["dependencies"]}
    no_hand_in_bytes = {"click", "filelock", "watchfiles"}
    assert needed - no_hand_in_bytes <= set(WHEELS)
