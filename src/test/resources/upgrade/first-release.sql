-- Data as the first release (schema version 5) wrote it.
INSERT INTO product (id, sku, name, description, price, active, created_at, updated_at)
SELECT gen_random_uuid(), 'old-' || n, 'Product ' || n, CASE WHEN n % 3 = 0 THEN 'Ünicode, "quoted"' END, n / 100.0, n % 10 <> 0,
       now() - interval '1 day', now() - interval '1 hour'
FROM generate_series(1, 1000) AS n;

INSERT INTO upload (id, filename, size_bytes, sha256, stored_at) VALUES
	('0190a000-0000-7000-8000-0000000000a1', 'first.csv', 4711, repeat('ab', 32), now() - interval '1 day'),
	('0190a000-0000-7000-8000-0000000000a2', 'waiting.csv', 4711, repeat('cd', 32), now() - interval '1 hour');

INSERT INTO import_run (id, upload_id, status, epoch, attempts, rows_total, rows_read, created, rejected, queued_at,
	next_attempt_at, started_at, finished_at) VALUES
	('0190a000-0000-7000-8000-000000000001', '0190a000-0000-7000-8000-0000000000a1', 'completed', 1, 1, 1001, 1001, 1000, 1,
	now() - interval '1 day', now() - interval '1 day', now() - interval '1 day', now() - interval '1 day'),
	('0190a000-0000-7000-8000-000000000002', '0190a000-0000-7000-8000-0000000000a2', 'queued', 0, 0, NULL, 0, 0, 0,
	now() - interval '1 hour', now() - interval '1 hour', NULL, NULL);

INSERT INTO import_progress (run_id, epoch, percent, rows_read, created, rejected, updated_at)
SELECT id, epoch, CASE status WHEN 'completed' THEN 100 ELSE 0 END, rows_read, created, rejected, queued_at FROM import_run;

INSERT INTO refused_row (run_id, record_number, problem_number, line_number, column_name, value, code, reason, raw)
VALUES ('0190a000-0000-7000-8000-000000000001', 17, 0, 19, 'price', '12.5O', 'price_not_a_number',
	'Not a number: the last character is the letter O, not zero.', convert_to('bad,Bad,About it,12.5O', 'UTF8'));
