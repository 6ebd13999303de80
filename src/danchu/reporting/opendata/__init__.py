"""Open data: the published figures as tables with a description of every column."""
