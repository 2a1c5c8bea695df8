"""What a pipeline does with an answer: annotations, summaries, one issue for drift, an update that can be cut short."""
