"""Finding words in what is being read."""
