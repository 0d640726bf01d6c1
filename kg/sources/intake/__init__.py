"""What every reader uses: streams, cells, voters, and what was taken in."""
