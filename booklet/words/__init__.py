"""All that the program says to people: messages of the terminal, labels and words inside booklets."""
