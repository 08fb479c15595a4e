"""Two versions beside each other, and annotations carried over."""
