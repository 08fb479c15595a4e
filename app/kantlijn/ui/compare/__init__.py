"""Two versions beside each other: what changed, as a list, on the pages, and as one redlined text."""
