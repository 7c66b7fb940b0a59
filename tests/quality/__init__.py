"""The quality of cleaning, measured over the real posts against floors that may only rise."""
