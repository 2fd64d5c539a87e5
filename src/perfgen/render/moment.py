"""The moment that a document says it was made (文件日期): never that of the build."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from perfgen.errors import PageError
from perfgen.render.page.elements import Page


def document_moment(page: Page) -> datetime | None:
    """Return SOURCE_DATE_EPOCH if that is set, else the report's own date, if it has one.

    Raises PageError where SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        day = page.date
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise PageError(
            f"环境变量 SOURCE_DATE_EPOCH 的值“{epoch}”不是秒数", hint="改为整数秒，或者不设置"
        ) from error
