"""The report: one file for a head of support, made of the marts."""
