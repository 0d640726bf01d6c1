"""All vote arithmetic: the vote table, which votes count, and the formulas."""
