"""Data only: icons, styles, fonts, languages, templates and samples."""
