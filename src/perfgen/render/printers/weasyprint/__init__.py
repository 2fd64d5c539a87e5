"""Page → PDF with WeasyPrint, the second printer: for layouts that want CSS that only it prints.

It stands on WeasyPrint's public interface alone, and needs Pango, a library of the system: so it
is imported only where it is asked for. `libraries` says what to install where that is missing.
"""

from perfgen.render.printers.weasyprint.libraries import MissingLibraries, require_weasyprint

__all__ = ["MissingLibraries", "require_weasyprint"]
