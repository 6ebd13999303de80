"""The public JSON interface: read-only, for everybody, described by its own OpenAPI document."""
