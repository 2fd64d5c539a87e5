"""What answers: one module for each thing that an officer does, each with its `routes`.

docs/design/web.md says how one is added.
"""

from starlette.routing import Route

from perfgen.web.flows import checking, fetching, home, local, seeing

ROUTES: list[Route] = [
    *home.routes,
    *local.routes,
    *checking.routes,
    *seeing.routes,
    *fetching.routes,
]
