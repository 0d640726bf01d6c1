"""One module for each page: the record of what it shows, what shows it, and how it is built from the graph.

A page of another kind is a module here, a template and a script of the same name, a verb of
``kg.api.Graph`` and a command; nothing lists the pages.
"""
