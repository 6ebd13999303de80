"""What the demonstration is made of, as data: an invented cast, and reports that were published.

``invented.yaml`` holds units, people, records and notes of no real place; ``published.yaml``
lists the texts in ``published/`` on real units, which carry nothing but figures and findings
those units published. Nothing here is code; ``danchu init --demo`` brings it in.
"""
