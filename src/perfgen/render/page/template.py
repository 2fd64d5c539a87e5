"""Report + figures + layout → the page: the text that a layout's Jinja template gives."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from perfgen.bounds import MEGABYTE, Bounds, Limit, OutOfBounds, worker_for
from perfgen.errors import PageError, PerfgenError
from perfgen.figures import Figures
from perfgen.foreign_words import template_words
from perfgen.layouts import templates_folder
from perfgen.layouts.files import find_file, layout_homes, read_text
from perfgen.model.layout import Layout
from perfgen.model.records import Report
from perfgen.provenance.marks import figures_traced, knows_sources
from perfgen.render.page.captions import Captions
from perfgen.render.page.cells import cell_filter
from perfgen.render.page.filters import template_filters
from perfgen.render.page.view import template_context

BOUNDS = Bounds(seconds=10, memory=1024 * MEGABYTE)
"""What a stranger's template may use. A report of 5,000 indicators takes a tenth of it."""

MAX_PAGE = 12_000_000
"""Characters of a page: a report of 5,000 indicators has four million."""

_EXCESS = {
    Limit.TIME: f"运行超过 {BOUNDS.seconds} 秒",
    Limit.MEMORY: f"要用的内存超过 {BOUNDS.memory // MEGABYTE} MB",
    Limit.DIED: "让运行它的进程中断了（多半是内存用得太多）",
}


def render_page(report: Report, figures: Figures, layout: Layout) -> str:
    """Return the page as one well-formed text.

    Templates come from strangers: they run in a sandbox, everything is escaped, and an unknown
    name is an error. Raises PageError naming the template and, where it is known, the line.
    """
    context = template_context(report, figures, layout)
    return shared_page(layout.template, layout, report.amount_unit, context)


def shared_page(template: str, layout: Layout, amount_unit: str, context: Mapping[str, Any]) -> str:
    """Return the page of a template: the layout's own, or one that all layouts share.

    A layout that did not come with perfgen is a stranger's: its templates run in a child process,
    within bounds of time and memory. Raises PageError as `render_page` does, and LayoutError for a
    file that must not be read.
    """
    if layout.folder.resolve().is_relative_to(templates_folder().resolve()):
        return _filled(template, layout, amount_unit, context)
    worker = worker_for(BOUNDS, (__name__,))
    try:
        return worker.call(_filled, template, layout, amount_unit, context)
    except OutOfBounds as error:
        raise PageError(
            f"版式 {layout.id} 的模板 {template} {_EXCESS[error.limit]}，已停下",
            hint="检查模板里的循环、宏和重复的文字",
        ) from error


def _filled(template: str, layout: Layout, amount_unit: str, context: Mapping[str, Any]) -> str:
    """Fill a template with all that it may see."""
    environment = _environment(layout, amount_unit)
    if knows_sources(context.get("report")):
        environment.filters.update(figures_traced(environment.filters))
    captions = Captions()
    environment.filters.update(caption=captions.caption, reference=captions.reference)
    try:
        page = captions.settled(environment.get_template(template).render(context))
    except TemplateSyntaxError as error:
        raise PageError(
            f"版式 {layout.id} 的模板 {error.name or template} "
            f"第 {error.lineno} 行有语法错误：{template_words(error)}",
            hint="改正模板后再运行",
        ) from error
    except SecurityError as error:
        raise PageError(
            f"版式 {layout.id} 的模板做了不允许的事：{_in_chinese(error)}",
            hint="模板里只能使用报告的数据",
        ) from error
    except TemplateError as error:
        raise PageError(
            f"版式 {layout.id} 的模板出错：{_in_chinese(error)}{_line_of(error)}",
            hint="检查模板里用到的名称",
        ) from error
    except RecursionError as error:
        raise PageError(
            f"版式 {layout.id} 的模板 {template} 嵌套太深，"
            f"或者宏、include 绕成了圈{_line_of(error)}",
            hint="检查互相调用的宏、include 和括号",
        ) from error
    except (PerfgenError, MemoryError):
        raise
    except Exception as error:  # whatever a stranger's template makes Jinja or Python raise
        raise PageError(
            f"版式 {layout.id} 的模板 {template} 出错：{template_words(error)}{_line_of(error)}",
            hint="检查这一行的过滤器和它的参数，docs/添加版式.md 列出了能用的",
        ) from error
    if len(page) > MAX_PAGE:
        raise PageError(
            f"版式 {layout.id} 的模板 {template} 印出了 {len(page) // 10_000} 万个字符，"
            f"超过 {MAX_PAGE // 10_000} 万的上限",
            hint="检查模板里的循环和重复的文字",
        )
    return page


def _in_chinese(error: TemplateError) -> str:
    """What a template error says: in Chinese where we said it ourselves."""
    said = error.message or ""
    if isinstance(error, TemplateNotFound) and said == error.name:
        return f"没有模板 {said}"
    return template_words(error) if said.isascii() else said


class _Unknown(StrictUndefined):
    """A name that a template uses and that is not there: said in Chinese, with the nearest one."""

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        owner = self._undefined_obj
        if owner is missing:
            return f"没有“{name}”这个名称"
        known = list(owner) if isinstance(owner, Mapping) else dir(owner)
        names = [str(one) for one in known if not str(one).startswith("_")]
        near = difflib.get_close_matches(name, names, n=1)
        guess = f"，是不是“{near[0]}”？" if near else f"，可以用的有：{'、'.join(names[:20])}"
        return f"{type(owner).__name__} 没有“{name}”{guess}"


def _environment(layout: Layout, amount_unit: str) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=_LayoutLoader(layout.folder),
        autoescape=True,
        undefined=_Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(template_filters(layout.rules, amount_unit))
    environment.filters["cell"] = cell_filter(layout, amount_unit)
    return environment


class _LayoutLoader(BaseLoader):
    """Finds templates where a layout may read."""

    def __init__(self, folder: Path) -> None:
        self._homes = layout_homes(folder)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        name = "/".join(split_template_path(template))
        for home in self._homes:
            if file := find_file(home, name):
                return read_text(file), str(file), None
        raise TemplateNotFound(template, f"没有模板 {template}")


def _line_of(error: BaseException) -> str:
    """Return where in a template an error rose, from its traceback."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2") or "__jinja_exception__" in trace.tb_frame.f_globals:
            name = file.replace("\\", "/").rpartition("/")[2]
            place = f"（{name} 第 {trace.tb_lineno} 行）"
        trace = trace.tb_next
    return place
