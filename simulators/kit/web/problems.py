"""Pages of problems: what the ``type`` of a problem document leads to (RFC 9457, section 3.1.1)."""

from collections.abc import Iterable

import msgspec
from flask import Flask, Response, render_template_string, request
from msgspec import Struct

from simulators.kit.errors import SandboxRefusal, code_of, make_problem, title_of, type_of
from simulators.kit.store.failures import Trouble
from simulators.kit.web.api import Operation

PATH = "/problems/"
JSON, HTML, PROBLEM = "application/json", "text/html", "application/problem+json"

EVERYWHERE = {
    "admin-token-required": (401, "The call needs the sandbox's admin token, as a bearer token."),
    "bad-message": (400, "The HTTP message can be read in more than one way, so that it was not read at all."),
    "body-too-large": (413, "The body is larger than what the operation takes."),
    "internal-error": (500, "An error of the sandbox itself. Its log tells more; please report it."),
    "method-not-allowed": (405, "The path has other methods than this one; the header Allow tells which."),
    "not-found": (404, "No operation has this path. /docs lists those that there are."),
    "not-from-here": (403, "A web page of another origin may change nothing here, and fetch or embed nothing."),
    "request-timeout": (408, "The body, or the rest of it, did not come in time."),
    "unknown-host": (421, "The Host of the request is no name of this sandbox."),
    "unknown-world": (404, "The world that the request names is not there, or no longer."),
    "unsupported-media-type": (415, "The body is not labelled application/json, or it is coded."),
    "upstream-unavailable": (503, "Another system could not be asked, or gave no usable answer. Try again later."),
    "validation-failed": (400, "A field has a value that it cannot have; the problem names it."),
    **{code_of(trouble.code): (503, f"The database {trouble.advice}") for trouble in Trouble},
}
"""Problems that any operation can answer with: their status, and what they mean."""

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ problem.title }}</title>
<style>:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 45rem; margin: 2rem auto; padding: 0 1rem; } code { font-family: ui-monospace, monospace; }</style>
</head><body><main>
<h1>{{ problem.title }}</h1>
<p><code>{{ problem.code }}</code>, answered with {{ problem.statuses | join(" or ") }}.</p>
{% if problem.meaning %}<p>{{ problem.meaning }}</p>{% endif %}
{% if problem.operations %}<h2>Answered by</h2>
<ul>{% for operation in problem.operations %}<li><code>{{ operation }}</code></li>{% endfor %}</ul>{% endif %}
</main></body></html>
"""


class ProblemPage(Struct):
    """A kind of problem: its statuses, what it means, and the operations that say of themselves that they have it."""

    type: str
    title: str
    code: str
    statuses: list[int]
    meaning: str | None
    operations: list[str]


def add(app: Flask, operations: Iterable[Operation]) -> None:
    """Serve what every problem is that some operations can answer with: a page for people, JSON for programs."""
    known = _collect(operations)

    @app.get(f"{PATH}<code>")
    def problem_page(code: str) -> Response:
        found = known.get(code)
        if found is None:
            refusal = SandboxRefusal("unknown-problem", 404, f"There is no problem {code!r} here.")
            return Response(msgspec.json.encode(make_problem(refusal)), refusal.status, mimetype=PROBLEM)
        if request.accept_mimetypes.best_match([JSON, HTML]) == HTML:
            return Response(render_template_string(PAGE, problem=found))
        return Response(msgspec.json.encode(found), mimetype=JSON)


def _collect(operations: Iterable[Operation]) -> dict[str, ProblemPage]:
    found = {code: _page(code, [status], meaning) for code, (status, meaning) in EVERYWHERE.items()}
    for operation in operations:
        for status, reason in operation.all_refusals:
            page = found.setdefault(code_of(reason), _page(code_of(reason), []))
            if status not in page.statuses:
                page.statuses.append(status)
            page.operations.append(f"{operation.method} {operation.path}")
    return found


def _page(code: str, statuses: list[int], meaning: str | None = None) -> ProblemPage:
    return ProblemPage(type_of(code), title_of(code), code, statuses, meaning, [])
