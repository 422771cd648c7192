"""The sample division: invented people of an invented place, and the year that they play."""
