-- Which values the last import that changed this row changed: 1 name, 2 description, 4 price. Written only when
-- someone wants to know, read in the same transaction (ops/decisions/0018).
ALTER TABLE product ADD COLUMN import_changes smallint;

-- An address that is called when something happens, and how it does.
CREATE TABLE webhook (
	id uuid PRIMARY KEY,
	name text NOT NULL,
	url text NOT NULL,
	event_types text[] NOT NULL,
	mode text NOT NULL CHECK (mode IN ('batched', 'individual', 'summary')),
	enabled boolean NOT NULL,
	-- switched off by us: why, and since when its deliveries are held for a replay
	disabled_reason text,
	disabled_at timestamptz,
	-- encrypted with SECRET_KEY
	secret bytea NOT NULL,
	previous_secret bytea,
	previous_secret_until timestamptz,
	created_at timestamptz NOT NULL,
	updated_at timestamptz NOT NULL,
	failures_in_row integer NOT NULL DEFAULT 0,
	failing_since timestamptz,
	-- no call before this time; after failures in a row (the circuit), or because the receiver asked for it
	paused_until timestamptz,
	-- how often in a row the circuit opened, 0: it is closed
	circuit_opened integer NOT NULL DEFAULT 0,
	max_in_flight integer NOT NULL DEFAULT 4 CHECK (max_in_flight BETWEEN 1 AND 4),
	last_status integer,
	last_response_time integer,
	last_error text,
	last_attempt_at timestamptz
);

-- Something that happened, for everyone who wanted to know. The products are kept packed until the first delivery
-- makes the payload of them, once.
CREATE TABLE webhook_event (
	id uuid PRIMARY KEY,
	type text NOT NULL,
	occurred_at timestamptz NOT NULL,
	upload_id uuid,
	sequence integer,
	version bigint,
	item_count integer NOT NULL,
	-- 16 bytes a product
	ids bytea,
	-- SKUs, a line each
	skus text,
	-- one byte a product: which fields changed
	changes bytea,
	payload text,
	CONSTRAINT webhook_event_has_content CHECK (payload IS NOT NULL OR ids IS NOT NULL)
);

ALTER TABLE webhook_event ALTER COLUMN ids SET STORAGE EXTERNAL;
CREATE INDEX webhook_event_occurred_at_idx ON webhook_event (occurred_at);

-- How many messages of each type an import has made so far.
CREATE TABLE webhook_upload (
	upload_id uuid NOT NULL,
	type text NOT NULL,
	messages integer NOT NULL,
	updated_at timestamptz NOT NULL,
	PRIMARY KEY (upload_id, type)
);

-- An event on its way to one receiver. Outlives the event, whose id receivers know as webhook-id.
CREATE TABLE webhook_delivery (
	id uuid PRIMARY KEY,
	webhook_id uuid NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
	event_id uuid NOT NULL,
	event_type text NOT NULL,
	-- held: for a receiver that we switched off
	state text NOT NULL CHECK (state IN ('pending', 'held', 'delivered', 'failed', 'split', 'expired')),
	trigger text NOT NULL CHECK (trigger IN ('event', 'redelivery', 'test')),
	-- 0: by hand, 2: of an import; one more for a retry
	rank smallint NOT NULL,
	tries integer NOT NULL DEFAULT 0,
	due_at timestamptz NOT NULL,
	created_at timestamptz NOT NULL,
	finished_at timestamptz
);

CREATE INDEX webhook_delivery_due_idx ON webhook_delivery (webhook_id, rank, due_at, id) WHERE state = 'pending';
CREATE INDEX webhook_delivery_held_idx ON webhook_delivery (webhook_id, created_at) WHERE state = 'held';
CREATE INDEX webhook_delivery_log_idx ON webhook_delivery (webhook_id, id);
CREATE INDEX webhook_delivery_created_at_idx ON webhook_delivery (created_at);

-- Every call of a receiver.
CREATE TABLE webhook_try (
	id uuid PRIMARY KEY,
	webhook_id uuid NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
	delivery_id uuid NOT NULL,
	number integer NOT NULL,
	trigger text NOT NULL,
	started_at timestamptz NOT NULL,
	status integer,
	millis integer NOT NULL,
	error text,
	body text
);

CREATE INDEX webhook_try_delivery_idx ON webhook_try (delivery_id);
CREATE INDEX webhook_try_health_idx ON webhook_try (webhook_id, started_at);
CREATE INDEX webhook_try_started_at_idx ON webhook_try (started_at);

-- db-scheduler 16.7.1's table: one task for each webhook that is on.
CREATE TABLE scheduled_webhook (LIKE scheduled_import INCLUDING ALL);
