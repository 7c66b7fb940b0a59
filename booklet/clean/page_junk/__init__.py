"""Steps on what belongs to the page that an article stood on, and not to the article."""
