-- Bulk deletes that start by themselves.
CREATE TABLE schedule (
	id uuid PRIMARY KEY,
	name text NOT NULL,
	-- six fields, as Spring's CronExpression reads them, in the time zone
	cron text NOT NULL,
	time_zone text NOT NULL,
	enabled boolean NOT NULL,
	-- which products go, by the names of the list's parameters
	filter jsonb NOT NULL,
	not_updated_for_days integer CHECK (not_updated_for_days > 0),
	-- more than these are not deleted
	max_products bigint CHECK (max_products > 0),
	created_at timestamptz NOT NULL,
	-- when it starts next; whoever starts it moves it on in the same transaction, so that it starts once. Null while off
	next_at timestamptz,
	-- what became of the last time: when it was planned for, and how many matched where that matters
	last_at timestamptz,
	last_result text CHECK (last_result IN ('queued', 'skipped', 'held', 'missed')),
	last_count bigint,
	-- the last job that it started, or that someone started by it
	run_id uuid REFERENCES import_run (id) ON DELETE SET NULL,
	CONSTRAINT schedule_is_planned_while_on CHECK (enabled = (next_at IS NOT NULL)),
	CONSTRAINT schedule_last_is_whole CHECK ((last_at IS NULL) = (last_result IS NULL))
);

CREATE INDEX schedule_run_idx ON schedule (run_id);

-- db-scheduler 16.7.1's table, under the name of the scheduler that uses it: when schedules are due.
CREATE TABLE scheduled_delete (
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

CREATE INDEX scheduled_delete_execution_time_idx ON scheduled_delete (execution_time);
CREATE INDEX scheduled_delete_last_heartbeat_idx ON scheduled_delete (last_heartbeat);
