"""Layout folders (版式): found, loaded and checked."""

from perfgen.layouts.find import available_layouts, find_layout, templates_folder
from perfgen.layouts.load import load_layout

__all__ = ["available_layouts", "find_layout", "load_layout", "templates_folder"]
