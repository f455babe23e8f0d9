"""What is in the files beside the texts, and the form that they are published in."""
