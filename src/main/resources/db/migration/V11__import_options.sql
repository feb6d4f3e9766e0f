-- What was asked of an import and how its file is read: an object of texts, as productimporter.imports.ImportOptions
-- reads it. Everything that was found by looking into the file is in it, so that each attempt reads the file alike.
ALTER TABLE import_run ADD COLUMN options jsonb NOT NULL DEFAULT '{}';
