"""What an archive is given of a statement: XML in the forms that it reads, and the files."""
