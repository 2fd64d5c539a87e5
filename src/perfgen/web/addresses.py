"""Numbers in addresses (地址里的数): short ones, as all of ours are."""

from __future__ import annotations

from starlette.convertors import IntegerConvertor, register_url_convertor


class _Short(IntegerConvertor):
    """A number that names a file or a version: longer ones name nothing, and are not found."""

    regex = "[0-9]{1,9}"


def number(name: str) -> str:
    """Return the part of a route that takes a number, under a name."""
    return f"{{{name}:short}}"


register_url_convertor("short", _Short())
