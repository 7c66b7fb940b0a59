"""What the rooms of the PDF hand to one another: frozen, picklable, without the engine's types."""
