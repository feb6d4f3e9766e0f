-- Where a run is executed when more than one is at once (importer.imports.runs-at-once): the lane that claimed it last,
-- from 1. NULL: any may claim it. Means nothing in a run that has ended.
ALTER TABLE import_run ADD COLUMN lane smallint CHECK (lane > 0);
