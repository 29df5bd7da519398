"""What a database cannot do just now, in words for those who wait for an answer and for the sandbox's owner."""

from enum import Enum


class Trouble(Enum):
    """Why a store fails: the code of the refusal that it becomes, and what to do about it."""

    FULL = "STORAGE_FULL", "has no more room on its disk: free some space and try again."
    FAILING = "STORAGE_FAILING", "cannot be read or written: see to its disk and try again."
    READ_ONLY = "STORAGE_READ_ONLY", "cannot be opened to be written to: make it writable and try again."
    DAMAGED = "STORAGE_DAMAGED", "is damaged: end the sandbox, and restore or remove it."
    UNREACHABLE = "STORAGE_UNREACHABLE", "cannot be reached just now: try again."
    OVERLOADED = "STORAGE_OVERLOADED", "has too much to do just now: try again."
    BUSY = "STORAGE_BUSY", "has been locked by another program for too long: end that program and try again."
    REMOVED = "STORAGE_REMOVED", "was removed or replaced while the sandbox was up: end the sandbox and start it again."
    OTHER_VERSION = "STORAGE_OF_ANOTHER_VERSION", "cannot be used by this version of the sandbox."

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def advice(self) -> str:
        return self.value[1]

    @property
    def may_pass(self) -> bool:
        """Whether the same request can succeed later without a new start."""
        return self not in (Trouble.DAMAGED, Trouble.REMOVED, Trouble.OTHER_VERSION)


class StoreFailure(Exception):
    """A database that cannot do its work. Nothing is kept of the transaction that it met."""

    def __init__(self, trouble: Trouble, place: str, words: str = "") -> None:
        """Name ``place``, a file or a database, with the trouble's own advice, or with ``words`` in its stead."""
        super().__init__(words or f"{place} {trouble.advice}")
        self.trouble = trouble
