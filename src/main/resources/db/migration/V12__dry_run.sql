-- What a dry run would have done: one line for each product that it would have created or changed. A field that would
-- stay as it is is null on both sides, and its bit in "changes" (as in product.import_changes) is not set.
CREATE TABLE dry_run_change (
	run_id uuid NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
	sku text COLLATE "C" NOT NULL,
	created boolean NOT NULL,
	changes smallint NOT NULL,
	name_before text,
	name text,
	description_before text,
	description text,
	price_before numeric(12, 2),
	price numeric(12, 2),
	PRIMARY KEY (run_id, sku)
);
