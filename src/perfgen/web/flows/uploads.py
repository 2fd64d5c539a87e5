"""Files that an officer dropped (拖进来的文件): their bytes and their names, nothing else."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request as Visit

from perfgen.errors import WorkbookError
from perfgen.web.safety import MOST_FILES
from perfgen.web.works import plain_name
from perfgen.workbook.opening import MAX_FILE, WorkbookFile


async def dropped(visit: Visit, field: str = "files") -> list[WorkbookFile]:
    """Return the files of a form's field; lock files of Excel and empty fields are passed over.

    Raises WorkbookError for a file that is too large, and for too many.
    """
    try:
        return await _dropped(visit, field)
    except HTTPException as error:  # the form cannot be read: more files than may be, mostly
        raise WorkbookError(
            f"没有收下：一次最多 {MOST_FILES} 个文件", hint="请返回，分几次拖进来"
        ) from error


async def _dropped(visit: Visit, field: str) -> list[WorkbookFile]:
    found: list[WorkbookFile] = []
    async with visit.form(max_files=MOST_FILES, max_fields=50) as form:
        for item in form.getlist(field):
            if not isinstance(item, UploadFile) or not item.filename:
                continue
            name = plain_name(item.filename)
            if name.startswith("~$"):
                continue
            if (item.size or 0) > MAX_FILE:
                raise WorkbookError(
                    f"{name} 超过 {MAX_FILE // 1024 // 1024} MB 的上限",
                    hint="删掉里面的图片和不用的工作表",
                )
            found.append(WorkbookFile(name, await item.read()))
    return found
