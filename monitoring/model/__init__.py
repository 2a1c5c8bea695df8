"""What the catalog may say."""
