"""A service's operations, declared: what each takes and answers. Validation and OpenAPI come from the same models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Operation:
    """One operation: a method on a path, with the models of its body, query and answer."""

    method: str
    path: str
    view: Callable[..., Any]
    body: type[msgspec.Struct] | None
    query: type[msgspec.Struct] | None
    answer: type[msgspec.Struct] | None
    status: int
    refusals: Sequence[tuple[int, str]]
    secrets: frozenset[str]
    control: bool
    multipart: str
    malformed: str | None

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def summary(self) -> str:
        return (self.view.__doc__ or self.view.__name__).strip().splitlines()[0]

    @property
    def description(self) -> str:
        lines = (self.view.__doc__ or "").strip().splitlines()[1:]
        return "\n".join(line.strip() for line in lines).strip()


@dataclass(frozen=True)
class Answer:
    """An answer with a status of its own, headers, or a body that is not JSON."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"


class Api:
    """The operations of a service, in the order they are declared."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []

    def operation(
        self,
        method: str,
        path: str,
        *,
        body: type[msgspec.Struct] | None = None,
        query: type[msgspec.Struct] | None = None,
        answer: type[msgspec.Struct] | None = None,
        status: int = 200,
        refusals: Sequence[tuple[int, str]] = (),
        secrets: Sequence[str] = (),
        control: bool = False,
        multipart: str = "",
        malformed: str | None = None,
    ) -> Callable[[View], View]:
        """Declare the decorated view as an operation.

        The view is called with the ``Call``, then the decoded ``body`` and ``query`` where models are given, then the
        path's own parameters by name. It returns the answer's struct, an ``Answer``, or raises a ``Refusal``.
        ``secrets`` names fields and path parameters that the journal masks in this operation beside those it always
        masks, ``malformed`` the branch that a malformed request takes, ``multipart`` the file that may be uploaded
        in the body's stead. A ``control`` view is called with the
        ``Service`` instead of a call.
        """

        def declare(view: View) -> View:
            self.operations.append(
                Operation(
                    method,
                    path,
                    view,
                    body,
                    query,
                    answer,
                    status,
                    refusals,
                    frozenset(secrets),
                    control,
                    multipart,
                    malformed,
                )
            )
            return view

        return declare
