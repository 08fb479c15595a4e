"""The kantlijn: brackets beside the page, and the density strip."""
