"""`innspill fmt`: files in one settled form, which changes nothing that a reader sees."""
