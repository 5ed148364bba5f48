"""Asks the metrics, and says in a sentence what is wrong with a question."""
