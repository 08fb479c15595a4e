"""Making a summary and saving it."""
