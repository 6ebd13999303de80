"""How well reading finds what people marked in a set of texts: ``make bench-reading CORPUS=…``.

``corpus`` opens the folder, ``scoring`` counts, ``calibration`` holds the confidence against what
was right, ``speed`` takes times and memory, ``standards`` has the lines that must be kept.
"""
