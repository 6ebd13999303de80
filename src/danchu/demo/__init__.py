"""The demonstration: an invented cast with a year of work, and published reports to read.

Invented units only, with codes outside the official ranges; the real units carry nothing but
figures that were published, with their source (DESIGN section 5).
"""
