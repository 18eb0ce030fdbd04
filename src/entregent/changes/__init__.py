"""What was written when: every write to what somebody states is dated, and whatever goes leaves a mark."""
