"""The TSG's calls: the institution's and the phones'."""

from simulators.tsg.routes import institution, sdk

apis = [institution.api, sdk.api]
