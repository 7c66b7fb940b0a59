"""Which ways lead to a picture, and what hosts taught about them. Pure."""
