"""Checks of the project that no linter has."""
