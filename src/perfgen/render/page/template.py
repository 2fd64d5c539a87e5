"""Report + figures + layout → the page: the text that a layout's Jinja template gives."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from perfgen.errors import PageError
from perfgen.figures import Figures
from perfgen.layouts import templates_folder
from perfgen.model.layout import Layout
from perfgen.model.records import Report
from perfgen.provenance.marks import figures_traced, knows_sources
from perfgen.render.page.filters import template_filters
from perfgen.render.page.view import template_context


def render_page(report: Report, figures: Figures, layout: Layout) -> str:
    """Return the page as one well-formed text.

    Templates come from strangers: they run in a sandbox, everything is escaped, and an unknown
    name is an error. Raises PageError naming the template and, where it is known, the line.
    """
    context = template_context(report, figures, layout)
    return shared_page(layout.template, layout, report.amount_unit, context)


def shared_page(template: str, layout: Layout, amount_unit: str, context: Mapping[str, Any]) -> str:
    """Return the page of a template: the layout's own, or one that all layouts share.

    Raises PageError as `render_page` does.
    """
    environment = _environment(layout, amount_unit)
    if knows_sources(context.get("report")):
        environment.filters.update(figures_traced(environment.filters))
    try:
        return environment.get_template(template).render(context)
    except TemplateSyntaxError as error:
        raise PageError(
            f"版式 {layout.id} 的模板 {error.name or template} "
            f"第 {error.lineno} 行有语法错误：{error.message}",
            hint="改正模板后再运行",
        ) from error
    except SecurityError as error:
        raise PageError(
            f"版式 {layout.id} 的模板做了不允许的事：{error}", hint="模板里只能使用报告的数据"
        ) from error
    except TemplateError as error:
        raise PageError(
            f"版式 {layout.id} 的模板出错：{error.message}{_line_of(error)}",
            hint="检查模板里用到的名称",
        ) from error
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
        line = _line_of(error)
        if not line:
            raise
        raise PageError(
            f"版式 {layout.id} 的模板出错：{error}{line}",
            hint="检查这一行的过滤器和它的参数，docs/添加版式.md 列出了能用的",
        ) from error


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
        loader=FileSystemLoader(
            [layout.folder, layout.folder.parent / "_shared", templates_folder() / "_shared"]
        ),
        autoescape=True,
        undefined=_Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(template_filters(layout.rules, amount_unit))
    return environment


def _line_of(error: BaseException) -> str:
    """Return where in a template an error rose, from its traceback."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            name = file.replace("\\", "/").rpartition("/")[2]
            place = f"（{name} 第 {trace.tb_lineno} 行）"
        trace = trace.tb_next
    return place
