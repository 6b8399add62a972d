"""Other lists of hubs and shapes in; records and outlines out. One module for each source."""
