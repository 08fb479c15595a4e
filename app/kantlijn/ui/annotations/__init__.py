"""The list of annotations with its filter."""
