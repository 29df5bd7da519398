"""A service's operations, declared: what each takes and answers. Validation and OpenAPI come from the same models."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from simulators.kit.web.credentials import Credential
from simulators.kit.web.tags import SERVICE, Tag
from simulators.kit.wire.profiles import WITHOUT_BODY

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Variant:
    """A part of an operation that documents describe as an operation of its own, with its own path and body."""

    path: str
    name: str
    summary: str
    description: str
    tag: Tag
    body: type[msgspec.Struct]
    security: Sequence[Credential] = ()
    refusals: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True)
class Description:
    """What a document says of an operation beside what its requests are validated with.

    ``tag`` is its subject; ``security`` are the credentials any one of which it wants, none where it wants none;
    ``also`` are further statuses of success; ``variants`` take the operation's place in the document; ``choices``
    are the models of which the body is one, with a tag or without; ``raw`` is the model of a body that the view reads
    by itself, since its bytes are signed; ``error`` is the model of its refusals where it is not the service's;
    ``media_types`` are those of an answer that is no JSON.
    """

    tag: Tag = SERVICE
    security: Sequence[Credential] = ()
    also: Sequence[int] = ()
    variants: Sequence[Variant] = ()
    choices: Sequence[type[msgspec.Struct]] = ()
    raw: type[msgspec.Struct] | None = None
    error: type[msgspec.Struct] | None = None
    media_types: Sequence[str] = ()


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
    largest: int | None
    headers: Mapping[str, str]
    described: Description

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def all_refusals(self) -> list[tuple[int, str]]:
        """Its refusals and those of its variants, each once."""
        of_variants = (each for variant in self.described.variants for each in variant.refusals)
        return list(dict.fromkeys([*self.refusals, *of_variants]))

    @property
    def has_body(self) -> bool:
        """Whether its success has a body."""
        return not {self.status, *self.described.also} <= set(WITHOUT_BODY)

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
    """The operations of a service, in the order they are declared.

    ``tag`` and ``security`` are what documents say of those that say nothing else (``Description``).
    """

    def __init__(self, tag: Tag = SERVICE, security: Sequence[Credential] = ()) -> None:
        self.operations: list[Operation] = []
        self._described = Description(tag, security)

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
        largest: int | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
        **described: Any,
    ) -> Callable[[View], View]:
        """Declare the decorated view as an operation.

        The view is called with the ``Call``, then the decoded ``body`` and ``query`` where models are given, then the
        path's own parameters by name. It returns the answer's struct, an ``Answer``, or raises a ``Refusal``.
        ``secrets`` names fields and path parameters that the journal masks in this operation beside those it always
        masks, ``malformed`` the branch that a malformed request takes, ``multipart`` the file that may be uploaded
        in the body's stead, ``largest`` how many bytes a body may have where that is more than usual, ``headers`` what
        the request's headers mean that it looks at. A ``control`` view is called with the ``Service`` instead of a
        call. What else is given are fields of the ``Description``.
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
                    largest,
                    headers,
                    replace(self._described, **described),
                )
            )
            return view

        return declare
