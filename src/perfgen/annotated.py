"""The annotated copy (批注副本) of a workbook that was checked."""

from __future__ import annotations

from perfgen.as_of import standing
from perfgen.build import Loaded
from perfgen.checks import find_rule
from perfgen.checks.persons.personal import masked_text
from perfgen.model.finding import Finding
from perfgen.model.places import Places
from perfgen.model.records import Waiver
from perfgen.workbook.annotating import Annotated, Remark, annotate


def places_of(loaded: Loaded) -> Places:
    """Return where the findings of a workbook stand, personal data masked."""
    return Places(loaded.report, loaded.layout, mask=masked_text)


def annotated_copy(loaded: Loaded, places: Places) -> Annotated:
    """Return the workbook with its findings as comments; nothing is written."""

    def remark(finding: Finding, waiver: Waiver | None = None) -> Remark:
        rule, place = find_rule(finding.code), places.find(finding.ref)
        return Remark(
            finding=finding,
            title=rule.title if rule else "",
            row=place.shown(finding.message) if place else "",
            waiver=waiver,
        )

    checked = loaded.checked
    remarks = [remark(finding) for finding in checked.findings]
    remarks += [remark(explained.finding, explained.waiver) for explained in checked.explained]
    return annotate(
        loaded.workbook.content,
        remarks,
        workbook=loaded.workbook.name,
        summary=standing(loaded.report) + checked.in_words(),
    )
