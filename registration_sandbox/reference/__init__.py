"""The files that are made from the code: ``python -m registration_sandbox.reference`` writes them.

They are references in ``docs/``, the scenarios' JSON Schema, and what Compose, Kubernetes and the image say of the
services. What they say stands in one place, the code; a test fails when one no longer says it.
"""
