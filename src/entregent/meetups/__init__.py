"""Meetups: evenings, answers to them, seats, the waiting list, who was there."""
