"""Pulls raw extracts."""
