"""Sites explain themselves: the configuration around an article is found, read, and tells what it can."""
