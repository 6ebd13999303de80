"""danchu: the working system of grassroots democracy in Viet Nam."""

__version__ = "0.1.0"
