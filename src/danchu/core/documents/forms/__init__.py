"""Forms of others, opened to be mapped, filled and sent back with nothing else changed."""
