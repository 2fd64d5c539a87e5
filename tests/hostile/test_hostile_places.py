"""Places that do not let write, or are gone half-way; names that no one would choose."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from uncounted import uncounted
from workbooks.make import as_bytes, good_workbook, put

pytestmark = pytest.mark.skipif(os.name == "nt", reason="这里用的是 POSIX 的权限和信号")

BUILD = ("build", "自评.xlsx", "--format", "html,docx")


def commands_without_privilege():
    """The start of a command that obeys permissions, although the tests may run as root."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("以管理员身份运行，又没有 setpriv，权限不起作用")
    drop = "-dac_override,-dac_read_search,-fowner"
    return ["setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}"]


def run(folder, *arguments, before=()):
    done = subprocess.run(
        [*before, sys.executable, "-m", "perfgen", *arguments], cwd=folder, capture_output=True,
        timeout=600, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def state(folder):
    """Every document and record below a folder, with its bytes."""
    return {
        file: file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".lock"
    }


@pytest.fixture
def folder(tmp_path, perfgen):
    """A folder with a workbook that was built, and changed since."""
    good_workbook().save(tmp_path / "自评.xlsx")
    assert perfgen(*BUILD).code == 0
    put(good_workbook(), "预算信息!D6", 7).save(tmp_path / "自评.xlsx")
    return tmp_path


def is_refused(code, said, *words):
    assert code == 2, said
    assert "自身出了错" not in said and "Traceback" not in said
    assert "建议：" in said or "没有允许" in said
    assert any(word in said for word in words), said


# --- permission and space ------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["outputs", "outputs/.perfgen", "outputs/.perfgen/自评"])
def test_a_folder_that_is_read_only_is_said_and_nothing_changes(folder, place):
    before = state(folder / "outputs")
    closed = [folder / place, *(item for item in (folder / place).rglob("*") if item.is_dir())]
    for item in closed:
        item.chmod(0o555)
    try:
        code, said = run(folder, *BUILD, before=commands_without_privilege())
    finally:
        for item in closed:
            item.chmod(0o755)
    is_refused(code, said, "没有权限")
    assert state(folder / "outputs") == before


def test_a_file_that_may_not_grow_is_said_and_nothing_changes(folder):
    before = state(folder / "outputs")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); "
    main = "from perfgen.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", limited + main, *BUILD], cwd=folder, capture_output=True,
        timeout=600, check=False, env=uncounted(),
    )  # fmt: skip
    is_refused(done.returncode, done.stderr.decode(), "文件太大")
    assert state(folder / "outputs") == before


def test_a_full_disk_is_said_and_nothing_changes(folder):
    """On a tmpfs of its own, where one may be mounted."""
    script = 'mount -t tmpfs -o size="$1"k none "$2" && cp -r "$3"/. "$2" && cd "$2" && shift 3 && '
    script += 'used=$(du -sk . | cut -f1) && echo "$used" >/dev/null; "$@"; echo "code $?"; ls -laR'
    place = folder / "disk"
    place.mkdir()
    source = folder / "source"
    source.mkdir()
    for name in ("自评.xlsx", "outputs"):
        (folder / name).rename(source / name)
    used = sum(-(-file.stat().st_size // 4096) * 4 for file in source.rglob("*") if file.is_file())
    command = ["unshare", "-m" if os.geteuid() == 0 else "-rm", "sh", "-c", script, "sh",
               str(used + 24), str(place), str(source)]  # fmt: skip
    if not shutil.which("unshare"):
        pytest.skip("没有 unshare，不能挂一个小磁盘")
    done = subprocess.run([*command, sys.executable, "-m", "perfgen", *BUILD, "-o", "outputs"],
                          capture_output=True, timeout=600, check=False)  # fmt: skip
    said = done.stdout.decode() + done.stderr.decode()
    if "code " not in said:
        pytest.skip("这里不让挂磁盘")
    assert "code 2" in said, said
    assert "磁盘已满" in said and "自身出了错" not in said
    sizes = {file.name: file.stat().st_size for file in (source / "outputs").glob("自评.*")}
    for name, size in sizes.items():
        assert any(str(size) in line and line.endswith(name) for line in said.splitlines()), name


# --- what happens half-way -----------------------------------------------------------------------


def half_way(monkeypatch, step):
    """Let something happen after the first document was written beside its place."""
    import perfgen.files as files  # noqa: PLC0415, PLR0402

    real, done = files._write_beside, []

    def writing(path, content):
        written = real(path, content)
        if path.parent.name == "outputs" and not done:
            done.append(path)
            step(path)
        return written

    monkeypatch.setattr(files, "_write_beside", writing)


def test_a_folder_that_is_removed_half_way_is_said(folder, perfgen, monkeypatch):
    half_way(monkeypatch, lambda path: shutil.rmtree(path.parent))
    said = perfgen(*BUILD)
    is_refused(said.code, said.out + said.err, "找不到", "不能写")
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert perfgen(*BUILD).code == 0


def test_a_folder_that_becomes_a_file_half_way_is_said(folder, perfgen, monkeypatch):
    def replace(path):
        shutil.rmtree(path.parent)
        path.parent.write_bytes(b"")

    half_way(monkeypatch, replace)
    said = perfgen(*BUILD)
    is_refused(said.code, said.out + said.err, "路径中间有一段是文件", "有同名的文件", "不能写")


def test_a_document_that_is_open_in_word_is_said_and_stays(folder, perfgen, monkeypatch):
    """Windows refuses the rename; here the same refusal comes from the system's call."""
    before = {file.name: file.read_bytes() for file in (folder / "outputs").glob("自评.*")}
    real = Path.replace

    def replace(self, target):
        if Path(target).name == "自评.docx":
            raise PermissionError(13, "locked", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr("perfgen.files._WAITS", (0.0,))
    said = perfgen(*BUILD)
    is_refused(said.code, said.out + said.err, "正被其他程序打开")
    assert {file.name: file.read_bytes() for file in (folder / "outputs").glob("自评.*")} == before


def test_a_clock_that_was_set_back_confuses_nothing(folder, perfgen):
    later = 4_000_000_000
    for file in folder.rglob("*"):
        os.utime(file, (later, later))
    assert perfgen(*BUILD).code == 0
    assert "没有变化" in perfgen(*BUILD).out
    assert not list((folder / "outputs").rglob(".perfgen-*.tmp"))


def test_two_builds_and_a_restore_at_once_leave_whole_documents(folder):
    arguments = [
        (*BUILD, "--force"),
        (*BUILD, "--force"),
        ("history", "自评.xlsx", "--restore", "1"),
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "perfgen", *each], cwd=folder, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for each in arguments
    ]  # fmt: skip
    said = [process.communicate(timeout=600) for process in running]
    for process, (out, err) in zip(running, said, strict=True):
        assert process.returncode == 0, (out + err).decode()
    assert zipfile.ZipFile(folder / "outputs/自评.docx").testzip() is None
    assert (folder / "outputs/自评.html").read_text("utf-8").rstrip().endswith("</html>")
    record = (folder / "outputs/.perfgen/自评/record.json").read_text("utf-8")
    assert record.count('"done": true') == record.count('"number"')


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "长" * 80, "a" * 240, " 前后有空格 ", "-o", "$(touch x)", "`x`;x", "'引\"号", "100%s%n",
        "a b\tc", "\u202e反", "\x1b[31m红", "…", "自评.tar", "😀", "ｆｕｌｌ", "é", "e\u0301",
        "#1?&=",
    ],
)  # fmt: skip
def test_a_workbook_of_any_name_is_built_or_refused_in_chinese(perfgen, tmp_path, name):
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(as_bytes(good_workbook()))
    said = perfgen("build", "--format", "html", "--", path.name)
    assert "自身出了错" not in said.err
    if said.code == 0:
        (page,) = (tmp_path / "outputs").glob("*.html")
        assert page.read_text("utf-8").rstrip().endswith("</html>")
    else:
        assert said.code == 2 and "✗" in said.err
        assert not list((tmp_path / "outputs").glob("*.html"))
    assert not (tmp_path / "x").exists()


def test_a_name_that_is_no_text_is_refused_or_built(perfgen, tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.xlsx"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(as_bytes(good_workbook()))
    said = perfgen("build", os.fsdecode(b"\xff\xfe.xlsx"), "--format", "html")
    assert said.code in (0, 2)
    assert "自身出了错" not in said.err
