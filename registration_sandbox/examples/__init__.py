"""The examples in the OpenAPI documents, made from a real run: ``python -m registration_sandbox.examples``."""
