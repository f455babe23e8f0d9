"""`innspill import`: a letter from a word processor, a PDF or plain text, word for word.

Each reader (`docx`, `odt`, `pdf`, `plain`, `html`, `markdown`) makes the same value, a `Letter` of
blocks. The rest are pure functions of it: `statement.py` lists them in their order.
"""
