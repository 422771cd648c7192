"""The store and the rules of a division's Communities of Practice. Nothing here knows a screen."""
