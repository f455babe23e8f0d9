"""`innspill serve`: a live preview for the one who writes, on this machine alone.

A save is seen (`watch`), read and checked (`state`), and told to the open browsers (`app`),
which load the page anew or show what is wrong (`panel`, `preview.js`). `server` binds the
port and ends it all. Pages and PDFs are made in memory when they are asked for; nothing is
ever written to the output folder, so that half-written text is not published.
"""
