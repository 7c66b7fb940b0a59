"""Rules for print on the trees of chapters. Pure: the engine is not loaded here."""
