"""A table follows from its record."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from simulators.kit.store.table import Index, Table


class Everything(Struct):
    id: str
    kind: Literal["a", "b"]
    at: datetime
    until: datetime | None
    number: Annotated[int, Meta(ge=0)]
    share: float
    held: bool
    perhaps: bool | None
    names: list[str]
    anything: dict[str, Any] | None


def test_each_field_is_a_column_and_what_is_no_plain_value_is_json_text() -> None:
    table = Table("things", Everything, key=["id"], indexes=[Index("things_by_number", "number", unique=True)])
    assert table.ddl == [
        'CREATE TABLE "things" ("world" TEXT NOT NULL, "id" TEXT NOT NULL, "kind" TEXT NOT NULL, "at" TEXT NOT NULL, '
        '"until" TEXT, "number" BIGINT NOT NULL, "share" DOUBLE PRECISION NOT NULL, "held" BOOLEAN NOT NULL, '
        '"perhaps" BOOLEAN, "names" TEXT NOT NULL, "anything" TEXT NOT NULL, PRIMARY KEY ("world", "id"))',
        'CREATE UNIQUE INDEX "things_by_number" ON "things" ("world", "number")',
    ]


def test_a_record_that_tells_its_world_has_one_column_for_it() -> None:
    class Found(Struct):
        id: str
        world: str

    assert [column.name for column in Table("found", Found, key=["id"]).columns] == ["world", "id"]
