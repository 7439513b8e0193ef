"""The teaching kit for Machine Learning in Production: data, interactives, assignments and grading."""

import os

__version__ = "0.1.0"

# The kit's models are small, and numeric libraries that start a thread for each core then mostly wait for each other:
# lecture 05 runs in 12 s with one thread, and in 14 to 54 s with two on a busy two-core machine. It has to be said
# before NumPy is loaded; a number that somebody has set stays.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
