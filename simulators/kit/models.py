"""Wire models. Every property says on what it rests, so that a fact can be told from a guess.

``documented``: the documents say so. ``published``: the vendor's public material says so. ``assumed``: neither does.
Used as ``otp: Annotated[str, documented]``; OpenAPI shows it as ``x-basis``.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Basis = Literal["documented", "published", "assumed"]

documented = Meta(extra_json_schema={"x-basis": "documented"})
published = Meta(extra_json_schema={"x-basis": "published"})
assumed = Meta(extra_json_schema={"x-basis": "assumed"})


class Empty(Struct):
    """A body without fields."""


class Problem(Struct):
    """A problem document (RFC 9457)."""

    type: Annotated[str, assumed]
    title: Annotated[str, assumed]
    status: Annotated[int, assumed]
    detail: Annotated[str, assumed]
    code: Annotated[str, assumed]
    field: Annotated[str | None, assumed] = None
