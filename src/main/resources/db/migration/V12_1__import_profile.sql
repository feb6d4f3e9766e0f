-- How files of one kind are read and imported, by a name. Found again by the columns of a file.
CREATE TABLE import_profile (
	name text PRIMARY KEY CHECK (name <> '' AND char_length(name) <= 100),
	-- the names of the columns for which it was made, null if it was made without a file
	header jsonb,
	-- as import_run.options
	fields jsonb NOT NULL,
	updated_at timestamptz NOT NULL
);
