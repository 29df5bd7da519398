"""The Auth Service's tables: users, their sessions and their devices."""

from simulators.auth_service.records import Device, Session, User
from simulators.kit.store.table import Index, Table

users = Table("users", User, key=["key"])

every_user = "SELECT * FROM users WHERE world = :world ORDER BY key"

sessions = Table("sessions", Session, key=["id"], indexes=[Index("sessions_by_user", "user_key")])

forget_sessions = "DELETE FROM sessions WHERE world = :world AND user_key = :user_key"
forget_expired_sessions = f"{forget_sessions} AND expires_at <= :now"

devices = Table("devices", Device, key=["em_cert_id"], indexes=[Index("devices_by_user", "user_key")])

_DEVICES = """
    SELECT devices.*, users.username FROM devices
    JOIN users ON users.world = devices.world AND users.key = devices.user_key WHERE devices.world = :world
"""
_IN_THEIR_ORDER = "ORDER BY devices.added_at, devices.em_cert_id"
every_device = f"{_DEVICES} {_IN_THEIR_ORDER}"
devices_of = f"{_DEVICES} AND devices.user_key = :user_key {_IN_THEIR_ORDER}"
device_with_user = f"{_DEVICES} AND devices.em_cert_id = :em_cert_id"
