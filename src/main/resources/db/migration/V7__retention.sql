-- When the file was removed from the store because its time was over. The row stays as long as runs refer to it.
ALTER TABLE upload ADD COLUMN removed_at timestamptz;

-- The runs that ended last, and those that ended long ago.
CREATE INDEX import_run_finished_at_idx ON import_run (finished_at) WHERE finished_at IS NOT NULL;

-- db-scheduler 16.7.1's table for housekeeping, see productimporter.imports.Retention.
CREATE TABLE scheduled_retention (
	task_name text NOT NULL,
	task_instance text NOT NULL,
	task_data bytea,
	execution_time timestamptz NOT NULL,
	picked boolean NOT NULL,
	picked_by text,
	last_success timestamptz,
	last_failure timestamptz,
	consecutive_failures integer,
	last_heartbeat timestamptz,
	version bigint NOT NULL,
	priority smallint,
	PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX scheduled_retention_execution_time_idx ON scheduled_retention (execution_time);
CREATE INDEX scheduled_retention_last_heartbeat_idx ON scheduled_retention (last_heartbeat);

-- Executions whose end nobody has noted: few, and looked for whenever the queue is.
CREATE INDEX batch_job_execution_open_idx ON batch_job_execution (job_execution_id)
	WHERE status IN ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN');
