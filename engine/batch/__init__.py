"""Many pictures: the plan, the journal, and the run, here or on a cluster."""
