-- A file in the upload store.
CREATE TABLE upload (
	id uuid PRIMARY KEY,
	filename text NOT NULL,
	size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
	sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
	stored_at timestamptz NOT NULL
);

CREATE INDEX upload_sha256_idx ON upload (sha256);

-- One import of one upload. Every transaction that writes for a run holds its row FOR SHARE and checks the epoch
-- (the fence), so nothing may update this row while a chunk is open, except who takes the run over.
CREATE TABLE import_run (
	id uuid PRIMARY KEY,
	upload_id uuid NOT NULL REFERENCES upload (id),
	queue_number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
	status text NOT NULL CHECK (status IN ('queued', 'needs_input', 'parsing', 'validating', 'importing', 'completed',
		'failed', 'stopped')),
	epoch bigint NOT NULL DEFAULT 0,
	attempts integer NOT NULL DEFAULT 0,
	-- attempts in a row that committed nothing new, and what was committed when the last one began
	fruitless_attempts integer NOT NULL DEFAULT 0,
	commits_seen bigint NOT NULL DEFAULT 0,
	rows_total bigint,
	rows_read bigint NOT NULL DEFAULT 0,
	created bigint NOT NULL DEFAULT 0,
	updated bigint NOT NULL DEFAULT 0,
	unchanged bigint NOT NULL DEFAULT 0,
	superseded bigint NOT NULL DEFAULT 0,
	rejected bigint NOT NULL DEFAULT 0,
	error_code text,
	error text,
	restartable boolean NOT NULL DEFAULT false,
	queued_at timestamptz NOT NULL,
	next_attempt_at timestamptz NOT NULL,
	started_at timestamptz,
	finished_at timestamptz,
	CONSTRAINT import_run_accounts_for_every_row CHECK (status <> 'completed'
		OR (rows_read = created + updated + unchanged + superseded + rejected AND rows_read = rows_total))
);

CREATE INDEX import_run_open_idx ON import_run (queue_number)
	WHERE status NOT IN ('completed', 'failed', 'stopped');

CREATE INDEX import_run_upload_idx ON import_run (upload_id);

-- How far a running run is; written often, by the node that runs it, outside the chunks' transactions.
CREATE TABLE import_progress (
	run_id uuid PRIMARY KEY REFERENCES import_run (id) ON DELETE CASCADE,
	epoch bigint NOT NULL,
	-- here and not in import_run: whoever asks must not wait for the chunks' locks
	stop_requested boolean NOT NULL DEFAULT false,
	percent numeric(5, 2) NOT NULL DEFAULT 0,
	rows_read bigint NOT NULL DEFAULT 0,
	created bigint NOT NULL DEFAULT 0,
	updated bigint NOT NULL DEFAULT 0,
	unchanged bigint NOT NULL DEFAULT 0,
	superseded bigint NOT NULL DEFAULT 0,
	rejected bigint NOT NULL DEFAULT 0,
	rows_per_second bigint,
	eta_seconds bigint,
	updated_at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- What validation decided, used unchanged by every attempt to import: the rows to pass over, the size of a chunk and
-- the ranges of records.
CREATE TABLE import_plan (
	run_id uuid PRIMARY KEY REFERENCES import_run (id) ON DELETE CASCADE,
	rows_total bigint NOT NULL,
	chunk_size integer NOT NULL CHECK (chunk_size > 0),
	-- one bit a record, the first in the lowest bit of the first byte
	refused bytea NOT NULL,
	superseded bytea NOT NULL
);

CREATE TABLE import_range (
	run_id uuid NOT NULL REFERENCES import_plan (run_id) ON DELETE CASCADE,
	range_number integer NOT NULL,
	first_byte bigint NOT NULL,
	first_line bigint NOT NULL,
	first_record integer NOT NULL,
	records integer NOT NULL CHECK (records > 0),
	PRIMARY KEY (run_id, range_number)
);

-- One line for each refused row and problem; the row's own text is kept with its first problem.
CREATE TABLE refused_row (
	run_id uuid NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
	record_number integer NOT NULL,
	problem_number smallint NOT NULL,
	line_number bigint NOT NULL,
	column_name text,
	value text,
	code text NOT NULL,
	reason text NOT NULL,
	-- the row as it stands in the file, in UTF-8 (bytea, since text can't hold NUL)
	raw bytea,
	PRIMARY KEY (run_id, record_number, problem_number)
);
