"""The consultation as the unit of work and of memory.

All files of a consultation, what is wrong with it, and the little that the rest of the site
asks of it (`card`) hang on: the bytes of its folder and of the files it names, the site's
frame (`world`), where its links to other folders lead, git's answers, templates, program,
options. `workshop` makes them, in this process or in another (`crew`); `kept` keeps them.
"""
