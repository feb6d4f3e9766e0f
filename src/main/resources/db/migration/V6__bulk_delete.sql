-- A run is an import of a file, or a bulk delete of the products that its parameters describe.
ALTER TABLE import_run
	ALTER COLUMN upload_id DROP NOT NULL,
	ADD COLUMN kind text NOT NULL DEFAULT 'import' CHECK (kind IN ('import', 'bulk_delete')),
	-- which products go, as productimporter.products.ProductSelection writes it, and the same in words
	ADD COLUMN parameters jsonb,
	ADD COLUMN title text,
	DROP CONSTRAINT import_run_status_check,
	ADD CONSTRAINT import_run_status_check CHECK (status IN ('queued', 'needs_input', 'parsing', 'validating',
		'importing', 'deleting', 'completed', 'failed', 'stopped')),
	DROP CONSTRAINT import_run_accounts_for_every_row,
	ADD CONSTRAINT import_run_accounts_for_every_row CHECK (status <> 'completed' OR kind <> 'import'
		OR (rows_read = created + updated + unchanged + superseded + rejected AND rows_read = rows_total)),
	ADD CONSTRAINT import_run_has_what_its_kind_needs CHECK (
		CASE kind WHEN 'import' THEN upload_id IS NOT NULL AND parameters IS NULL
			ELSE upload_id IS NULL AND parameters IS NOT NULL AND title IS NOT NULL END);

-- What a bulk delete found when it began, and how far it is: written in the transaction of each chunk, so that a chunk
-- counts exactly when it is committed.
CREATE TABLE bulk_delete (
	run_id uuid PRIMARY KEY REFERENCES import_run (id) ON DELETE CASCADE,
	-- products created later stay
	as_of timestamptz NOT NULL,
	matched bigint NOT NULL,
	-- all products up to this id have been looked at
	after_id uuid,
	at_end boolean NOT NULL DEFAULT false,
	deleted bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- The list of jobs, of one kind.
CREATE INDEX import_run_kind_idx ON import_run (kind, queue_number DESC);
