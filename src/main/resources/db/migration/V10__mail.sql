-- Whom to tell of the end of a run, beside the operators.
ALTER TABLE import_run ADD COLUMN notify text;

-- Mails that wait to be sent, written in the transaction of what they tell. A mail that is sent is deleted.
CREATE TABLE mail (
	id uuid PRIMARY KEY,
	recipient text NOT NULL,
	-- the template, and what it is filled with
	template text NOT NULL,
	content jsonb NOT NULL,
	queued_at timestamptz NOT NULL,
	tries integer NOT NULL DEFAULT 0,
	last_error text,
	-- it was tried for as long as mails are
	given_up_at timestamptz
);

-- db-scheduler 16.7.1's table, under the name of the scheduler that uses it: one task for each mail.
CREATE TABLE scheduled_mail (
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

CREATE INDEX scheduled_mail_execution_time_idx ON scheduled_mail (execution_time);
CREATE INDEX scheduled_mail_last_heartbeat_idx ON scheduled_mail (last_heartbeat);
