"""The middleware's HTTP surfaces: channel API, TSG push, flows, and the control plane of the whole sandbox."""
