"""One module per schema; SQL files beside it hold its statements, one blank line between two."""
