-- What a file was unpacked from, which is stored beside it; size_bytes and sha256 stay those of what was sent. No container: the
-- file itself is read.
ALTER TABLE upload
	ADD COLUMN container text CHECK (container IN ('gzip', 'zip', 'xlsx')),
	ADD COLUMN part text,
	ADD COLUMN parts_left_out integer NOT NULL DEFAULT 0,
	ADD COLUMN unpacked_bytes bigint CHECK (unpacked_bytes >= 0),
	ADD COLUMN unpacked_sha256 text CHECK (unpacked_sha256 ~ '^[0-9a-f]{64}$'),
	ADD CONSTRAINT upload_is_unpacked_when_a_container CHECK ((container IS NULL) = (unpacked_bytes IS NULL)
		AND (container IS NULL) = (unpacked_sha256 IS NULL));
