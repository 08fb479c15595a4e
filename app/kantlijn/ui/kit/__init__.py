"""Icons, colours, fonts, small widgets and dialogs."""
