"""The project as a file: kept safe, checked, repaired, made small, begun with samples."""
