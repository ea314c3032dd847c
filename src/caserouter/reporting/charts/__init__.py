"""Charts of a simulation's results: drawn by Matplotlib as SVG, for files and for the page of the report."""
