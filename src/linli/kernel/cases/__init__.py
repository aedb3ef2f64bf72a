"""Cases: one number, one accountable unit, declared moves, several clocks, one thread."""
