"""What people see: the command line and the Textual application. Nothing here builds a query."""

from . import start as start  # before any dataclass is made
