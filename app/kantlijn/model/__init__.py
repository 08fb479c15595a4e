"""What a reader talks about: frozen records, no input or output. Knows: nothing."""
