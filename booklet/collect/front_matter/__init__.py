"""Front matter in every dialect that posts come in: the block, its values, its dates. Pure."""
