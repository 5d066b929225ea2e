"""What turns texts into vectors: a file a model."""
