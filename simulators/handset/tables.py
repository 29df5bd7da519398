"""The phones' table."""

from simulators.handset.records import Handset
from simulators.kit.store.table import Table, number_of

handsets = Table("handsets", Handset, key=["id"], numbers=number_of("handset"))

every_handset = "SELECT * FROM handsets WHERE world = :world ORDER BY number"
