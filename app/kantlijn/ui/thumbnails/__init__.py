"""The pages of what is being read, small."""
