"""Whether all in a PDF that was laid out otherwise is what the program makes of the same text.

Another version of a library breaks lines and pages elsewhere. What it draws is then held to the
PDF that is made here, by what no layout changes: what a screen reader is told, word for word; the
look of each letter; what lines and surfaces there are; where links lead. Places are free only as
far as nothing is covered, cut off, or out of the order of reading. What isn't known is named.
"""
