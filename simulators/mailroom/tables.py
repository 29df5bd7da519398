"""What the mailroom keeps."""

from simulators.kit.store.table import Index, Table, number_of
from simulators.mailroom.records import Addressee, StoredMessage

messages = Table(
    "messages", StoredMessage, key=["number"],
    indexes=[Index("messages_by_recipient", "to", "number"), Index("messages_by_dedupe", "dedupe", unique=True)],
    numbers=number_of("message"),
)  # fmt: skip

addressees = Table("addressees", Addressee, key=["address", "name"])

every_addressee = "SELECT * FROM addressees WHERE world = :world ORDER BY name"

by_dedupe = "SELECT * FROM messages WHERE world = :world AND dedupe = :dedupe"
prune = "DELETE FROM messages WHERE world = :world AND number <= :last"
by_id = "SELECT * FROM messages WHERE world = :world AND id = :id"

_LISTED = """
    SELECT * FROM messages
    WHERE world = :world AND number > :after AND sent_at > :later
    AND :channel IN ('', channel) AND :purpose IN ('', purpose)
"""
_NEWEST_FIRST = "ORDER BY number DESC LIMIT :limit"
to_anyone = f"{_LISTED} {_NEWEST_FIRST}"
to_one = f'{_LISTED} AND "to" = :to {_NEWEST_FIRST}'
