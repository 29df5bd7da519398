"""The page at /docs and the viewer that it shows documents with."""
