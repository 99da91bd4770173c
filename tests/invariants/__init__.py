"""What must never happen, under threads and injected faults."""
