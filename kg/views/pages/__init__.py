"""One module for each page: the record of what it shows, its template and scripts, and how it is built."""
