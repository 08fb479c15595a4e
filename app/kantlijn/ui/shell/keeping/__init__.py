"""Projects opened, backed up and put back."""
