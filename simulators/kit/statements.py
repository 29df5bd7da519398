"""A service's SQL: its tables, and every statement on them compiled once for its database.

Compiling and SQLAlchemy's own result handling cost more than the queries themselves, so that a statement is kept as
text with the values it brings along, and is run on the DBAPI connection.
"""

import importlib
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Dialect
    from sqlalchemy.sql.expression import ClauseElement

Compiled = tuple[str, dict[str, Any]]
"""A statement's text, and the parameters that it brings along."""

VERBS = ("insert", "upsert", "update", "delete", "forget", "get")
"""What every table can be asked; ``count`` beside them, for the table of counters."""


class Statements:
    """The statements of the tables that some modules declare in their ``metadata``."""

    def __init__(self, modules: Sequence[str], dialect: "Dialect", insert: Callable[["Table"], Any]) -> None:
        """Compile for ``dialect``, whose own ``insert`` knows ON CONFLICT."""
        self._modules: list[ModuleType] = [importlib.import_module(module) for module in modules]
        self._dialect = dialect
        self._insert = insert
        self._compiled: dict[Any, Compiled] = {}
        self._kept: list[Any] = []
        self.tables: list[Table] = [table for m in self._modules for table in m.metadata.sorted_tables]

    def of(self, statement: "ClauseElement") -> Compiled:
        return self._compiled.get(id(statement)) or self._compile(id(statement), statement)

    def on(self, verb: str, table: "Table") -> Compiled:
        """Return one of the statements that every table has."""
        key = (verb, table.name)
        return self._compiled.get(key) or self._compile(key, self._statement(verb, table))

    def table(self, name: str) -> "Table":
        return next(table for table in self.tables if table.name == name)

    def ddl(self) -> list[str]:
        """Return what makes the tables and indexes, where they are not there yet."""
        from sqlalchemy.schema import CreateIndex, CreateTable

        made: list[Any] = []
        for table in self.tables:
            made.append(CreateTable(table, if_not_exists=True))
            indexes = sorted(table.indexes, key=lambda index: str(index.name))
            made += [CreateIndex(index, if_not_exists=True) for index in indexes]
        return [str(element.compile(dialect=self._dialect)) for element in made]

    def compile_all(self) -> None:
        """Compile every statement that there is, ahead of its first use."""
        from sqlalchemy.sql.expression import Executable

        for table in self.tables:
            for verb in (*VERBS, *(["count"] if table.name == "counters" else [])):
                self.on(verb, table)
        for module in self._modules:
            for statement in vars(module).values():
                if isinstance(statement, Executable):
                    self.of(cast("ClauseElement", statement))

    def _compile(self, key: Any, statement: "ClauseElement") -> Compiled:
        compiled = statement.compile(dialect=self._dialect)
        self._kept.append(statement)  # an id is a key only while its object lives
        found = self._compiled[key] = (str(compiled), dict(compiled.params))
        return found

    def _statement(self, verb: str, table: "Table") -> "ClauseElement":
        from sqlalchemy import and_, bindparam, delete, insert, select, update

        key = and_(*[column == bindparam(column.name) for column in table.primary_key])
        all_given: dict[str, Any] = {column.name: bindparam(column.name) for column in table.columns}
        rest_given: dict[str, Any] = {
            column.name: bindparam(column.name) for column in table.columns if not column.primary_key
        }
        by_key = list(table.primary_key)
        made: Any
        match verb:
            case "insert":
                made = insert(table).values(all_given)
            case "upsert":
                made = self._insert(table).values(all_given)
                made = made.on_conflict_do_update(index_elements=by_key, set_=rest_given)
            case "count":
                made = self._insert(table).values({**all_given, "value": 1})
                made = made.on_conflict_do_update(index_elements=by_key, set_={"value": table.c.value + 1})
                made = made.returning(table.c.value)
            case "update":
                made = update(table).values({name: bindparam("new_" + name) for name in rest_given}).where(key)
            case "delete":
                made = delete(table).where(key)
            case "forget":
                made = delete(table).where(table.c.world == bindparam("world"))
            case _:
                made = select(table).where(key)
        return cast("ClauseElement", made)
