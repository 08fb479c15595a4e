"""The main window: menus, toolbar, status line; wires panes together."""
