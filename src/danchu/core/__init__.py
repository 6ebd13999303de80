"""The ground floor: what everything stands on. Knows nothing of the web."""
