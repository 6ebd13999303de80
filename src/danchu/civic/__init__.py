"""The work at the grassroots: one package for each kind of work."""
