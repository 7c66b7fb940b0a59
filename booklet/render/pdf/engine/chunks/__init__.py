"""What a worker does to lay out one chunk of a long book."""
