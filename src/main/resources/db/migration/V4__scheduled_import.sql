-- db-scheduler 16.7.1's table, under the name of the scheduler that uses it: the queue of imports.
CREATE TABLE scheduled_import (
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

CREATE INDEX scheduled_import_execution_time_idx ON scheduled_import (execution_time);
CREATE INDEX scheduled_import_last_heartbeat_idx ON scheduled_import (last_heartbeat);
