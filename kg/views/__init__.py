"""Pages to look at: one offline HTML file each, drawn from plain records."""
