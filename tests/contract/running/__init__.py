"""The HTTP contract as an outside client sees it: against a running sandbox, over its sockets."""
