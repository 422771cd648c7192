"""How fast and how small the program is, against what it is measured by: `python -m tests.bench`."""
