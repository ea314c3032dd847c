"""What may be asked of the service: plain functions that check first, then record events and pull from the queue."""
