"""Jobs are handed to schedulers, here or over ssh, and what becomes of them is asked and kept."""
