"""Pages as browsers save them: which part is the article, what the page says of it. Pure."""
