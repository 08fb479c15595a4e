"""Finding in a document and in all of them."""
