"""The Auth Service's calls."""

from simulators.auth_service.routes import devices, login, notifications, push, users

apis = [login.api, users.api, devices.api, notifications.api, push.api]
