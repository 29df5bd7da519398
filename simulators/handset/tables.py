"""The phones' table."""

from simulators.handset.records import Handset
from simulators.kit.store.table import Table

handsets = Table("handsets", Handset, key=["id"])

every_handset = "SELECT * FROM handsets WHERE world = :world ORDER BY number"
