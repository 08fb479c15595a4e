"""Files without fixed pages made into canonical text: HTML, DOCX, ODT, EPUB, RTF. Runs in the workshop."""
