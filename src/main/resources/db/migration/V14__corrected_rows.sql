-- The run whose refused rows the file of this one corrects, as the file says; null for any other file, and once that run is deleted.
ALTER TABLE import_run ADD COLUMN parent_run_id uuid REFERENCES import_run (id) ON DELETE SET NULL;
CREATE INDEX import_run_parent_idx ON import_run (parent_run_id) WHERE parent_run_id IS NOT NULL;
