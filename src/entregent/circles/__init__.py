"""Who stands where: sets of people, for whoever keeps them and for whoever shows something to them."""
