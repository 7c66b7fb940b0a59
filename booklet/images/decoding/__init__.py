"""Bytes of pictures become what the outputs take, in processes that can be killed."""
