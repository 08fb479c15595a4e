"""Page view and text view, and the overlay interface other panes use."""
