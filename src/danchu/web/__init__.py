"""The faces. They hold no rules: they call services and selectors."""
