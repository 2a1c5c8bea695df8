"""Changes of schedules that move nobody before a date: what a request makes of layers, covers and their YAML."""
