"""What single reading systems need: rules for their engines, Kindle's CSS, Kobo's spans."""
