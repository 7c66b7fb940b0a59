"""What is kept between builds, by content."""
