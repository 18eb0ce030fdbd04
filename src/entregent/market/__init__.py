"""The market: organisations, who works where, and the circles of those who stand with a firm."""
