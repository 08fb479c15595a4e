"""A guest in its own process: draws pages and extracts their text. Knows: PyMuPDF and the contract."""
