-- The list of jobs: by state, newest first, and by day.
CREATE INDEX import_run_status_idx ON import_run (status, queue_number DESC);
CREATE INDEX import_run_queued_at_idx ON import_run (queued_at);
