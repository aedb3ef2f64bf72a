"""What the neighbourhood and the law agreed about appeals. Nothing here writes or queries."""
