"""What makes a body valid and bounded: sanitising, content models, depth, length."""
