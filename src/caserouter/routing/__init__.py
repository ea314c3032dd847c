"""The assignment model: problem → costs → solver → result, the online policies, and explanations."""
