"""The scenario language: frozen models of what a scenario file may say, one module per part of the file."""
