"""The scenario book: named stories of one fictitious company, written as extracts."""

from gladly_sandbox.stories.book import STORIES, Book, Story, play_book, write_book
from gladly_sandbox.stories.files import VARIANTS

__all__ = ["STORIES", "VARIANTS", "Book", "Story", "play_book", "write_book"]
