"""What answers: one module for each thing that an officer does, each with its `routes`.

docs/design/web.md says how one is added.
"""

from starlette.routing import Route

from perfgen.web.flows import (
    changing,
    checking,
    dropping,
    fetching,
    local,
    many,
    pulling,
    seeing,
    starting,
)

ROUTES: list[Route] = [
    *dropping.routes,
    *local.routes,
    *starting.routes,
    *checking.routes,
    *seeing.routes,
    *fetching.routes,
    *changing.routes,
    *many.routes,
    *pulling.routes,
]
