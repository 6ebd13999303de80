"""The budgets of the design, measured: ``python -m bench`` (``make bench``).

``__main__`` starts one child for each database engine, so that settings are read once and
nothing measured on one engine warms the other; ``child`` prepares an installation in a
throw-away folder and runs the groups of measurements, one module each. Every result carries
the way it was measured in ``how``. Times are processor time wherever other work on the machine
would blur the clock, and ratios compare two things measured in turns.
"""
