-- A token that was made by way of another belongs to the user behind that one, with whom both go.
-- A name may have been used again since: who made a token was there before it.
WITH RECURSIVE maker (id, created_at, created_by) AS (
	SELECT id, created_at, created_by FROM api_token WHERE created_by LIKE 'token:%'
	UNION
	SELECT maker.id, other.created_at, other.created_by
	FROM maker JOIN api_token other ON maker.created_by = 'token:' || other.name AND other.created_at <= maker.created_at
)
UPDATE api_token SET created_by = maker.created_by
FROM maker WHERE api_token.id = maker.id AND maker.created_by NOT LIKE 'token:%';
