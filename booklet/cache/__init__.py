"""What is kept between builds, by content: pictures, layouts, compiled templates. `upkeep` keeps it small."""
