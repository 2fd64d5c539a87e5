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
from perfgen.keeping.inputs import font_states, joined, key_among, layout_hashes, own_states
from perfgen.layouts import available_layouts, load_layout
from perfgen.model.layout import Layout
from perfgen.rebuild import key_options


class Surroundings:
    """The layouts and fonts at hand as they were when the batch first met them."""

    def __init__(self) -> None:
        """Look at perfgen's own files; layouts and fonts are looked at when they are met."""
        self._lock = RLock()
        self._folders: dict[tuple[Path, ...], Mapping[str, Path]] = {}
        self._layouts: dict[Path, Layout] = {}
        self._hashes: dict[Path, str] = {}
        self._fonts: dict[tuple[Path, ...], dict[Path, str]] = {}
        self._own = own_states()

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
        with self._lock:
            if layout.folder not in self._hashes:
                self._hashes[layout.folder] = layout_hashes(layout)
            if request.fonts not in self._fonts:
                self._fonts[request.fonts] = font_states(request.fonts)
            states = self._own | self._fonts[request.fonts]
            around = joined(self._hashes[layout.folder], states)
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
