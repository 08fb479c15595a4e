"""What can be asked of the window: menus, the palette, keys, preferences."""
