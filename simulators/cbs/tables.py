"""What the core banking system keeps."""

from simulators.cbs.records import Card, Customer
from simulators.kit.store.table import Index, Table

customers = Table(
    "customers", Customer, key=["cif"],
    indexes=[
        Index("customers_by_mobile", "mobile"),
        Index("customers_by_email", "email_key"),
        Index("customers_by_user_id", "user_key", unique=True),
    ],
)  # fmt: skip

every_customer = "SELECT * FROM customers WHERE world = :world ORDER BY cif"
by_user_id = "SELECT * FROM customers WHERE world = :world AND user_key = :value"
found_by = {
    "cif": "SELECT * FROM customers WHERE world = :world AND cif = :value",
    "mobile": "SELECT * FROM customers WHERE world = :world AND mobile = :value ORDER BY cif",
    "email": "SELECT * FROM customers WHERE world = :world AND email_key = :value ORDER BY cif",
    "cardNumber": """
        SELECT customers.* FROM customers JOIN cards ON cards.world = customers.world AND cards.cif = customers.cif
        WHERE customers.world = :world AND cards.number = :value
    """,
}

cards = Table(
    "cards", Card, key=["card_id"],
    indexes=[Index("cards_by_customer", "cif"), Index("cards_by_number", "number", unique=True)],
)  # fmt: skip

every_card = "SELECT * FROM cards WHERE world = :world ORDER BY cif, rank"
cards_of = "SELECT * FROM cards WHERE world = :world AND cif = :cif ORDER BY rank"
card_by_number = "SELECT * FROM cards WHERE world = :world AND number = :number"
