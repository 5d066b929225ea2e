"""The taxonomy, topics and arXiv's categories as data, and the engine that finds topics in text."""

from feeds.taxonomy.load import Category, TaxonomyError, Topic, categories, topics
from feeds.taxonomy.match import Match, Matcher

__all__ = ["Category", "Match", "Matcher", "TaxonomyError", "Topic", "categories", "topics"]
