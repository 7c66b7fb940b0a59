"""What an EPUB is besides its documents: metadata, navigation, the container."""
