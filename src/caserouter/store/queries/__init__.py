"""What the API lists and shows: rows as plain dictionaries by column, and pages by keys, so that a page costs the same wherever it begins."""
