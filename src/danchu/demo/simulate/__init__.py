"""An invented country at work: a half-year of records, forms and versions, as large as wished.

A *plan* says who does what and follows from the seed alone. Two writers carry it out:
``by_services`` as officers would, one service at a time, and ``in_bulk`` with rows written many
at once. A test holds that both leave the same; only the second is fast enough for a nation.
"""
