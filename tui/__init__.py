"""What people see: the command line and the Textual application. Nothing here builds a query."""
