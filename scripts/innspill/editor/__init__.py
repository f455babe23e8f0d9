"""Help in an editor, over the language server protocol: faults, completion, hover, definitions."""
