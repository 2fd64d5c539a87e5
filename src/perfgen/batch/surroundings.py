"""What many workbooks of a batch depend on alike (共同依据): looked at once for all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from threading import RLock

from perfgen.batch.jobs import Aim
from perfgen.build import Request
from perfgen.errors import LayoutError
from perfgen.keeping.inputs import key_among, surroundings
from perfgen.layouts import available_layouts, load_layout
from perfgen.model.layout import Layout
from perfgen.rebuild import key_options


class Surroundings:
    """The layouts and fonts at hand as they were when the batch first met them."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._lock = RLock()
        self._folders: dict[tuple[Path, ...], Mapping[str, Path]] = {}
        self._layouts: dict[Path, Layout] = {}
        self._around: dict[tuple[Path, tuple[Path, ...]], bytes] = {}

    def layout(self, layout_id: str, request: Request) -> Layout | None:
        """Return a layout by its id; None where there is none, or none that can be used."""
        try:
            with self._lock:
                folder = self._known(request).get(layout_id)
                if folder is None:
                    return None
                if folder not in self._layouts:
                    self._layouts[folder] = load_layout(folder)
                return self._layouts[folder]
        except LayoutError:  # a build says what is wrong with it
            return None

    def build_key(self, workbook_hash: str, layout: Layout, request: Request) -> str:
        """Return the hash of all that a build depends on, as a single build has it."""
        place = layout.folder, request.fonts
        with self._lock:
            if place not in self._around:
                self._around[place] = surroundings(layout, request.fonts)
            around = self._around[place]
        return key_among(workbook_hash, around, key_options(request))

    def outcome_key(
        self, build_key: str, request: Request, aim: Aim, *, strict: bool, annotate: bool
    ) -> str:
        """Return the hash of all that a line of the table depends on: bounds of rules, too."""
        bounds = {code: {name: str(value) for name, value in settings.items()}
                  for code, settings in (request.bounds or {}).items()}  # fmt: skip
        with self._lock:
            known = sorted(self._known(request))
        said = [build_key, aim, strict, annotate, bounds, request.layout_id, known]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def _known(self, request: Request) -> Mapping[str, Path]:
        if request.layouts not in self._folders:
            self._folders[request.layouts] = available_layouts(request.layouts)
        return self._folders[request.layouts]
