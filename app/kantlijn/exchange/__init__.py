"""Formats through which other programs hand annotations to us and take them from us. Pure: bytes in, bytes out."""
