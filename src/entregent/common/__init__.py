"""What every floor may use: clock, ids, chance, errors. Nothing here knows Django or a part."""
