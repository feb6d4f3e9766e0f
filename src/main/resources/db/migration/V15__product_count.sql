-- How many products there are, without counting them: every statement that puts products in or takes them out adds what it changed,
-- in its own transaction, so that the sum is what count(*) would say to whoever looks (ops/decisions/0033). Rows are only ever added;
-- productimporter.products.ProductCount puts them together.
CREATE TABLE product_count (
	delta bigint NOT NULL
);

-- As its owner, since whoever writes products from outside needs no rights of this table; schema by name, whatever the search path.
CREATE FUNCTION product_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	target text := format('INSERT INTO %I.product_count ', TG_TABLE_SCHEMA);
BEGIN
	IF TG_OP = 'INSERT' THEN
		EXECUTE target || 'SELECT count(*) FROM changed HAVING count(*) > 0';
	ELSIF TG_OP = 'DELETE' THEN
		EXECUTE target || 'SELECT -count(*) FROM changed HAVING count(*) > 0';
	ELSE
		-- TRUNCATE has waited for every writer, so all that they added is seen
		EXECUTE target || format('SELECT -sum(delta) FROM %I.product_count HAVING count(*) > 0', TG_TABLE_SCHEMA);
	END IF;
	RETURN NULL;
END $$;

CREATE TRIGGER product_inserted AFTER INSERT ON product REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION product_counted();
CREATE TRIGGER product_deleted AFTER DELETE ON product REFERENCING OLD TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION product_counted();
CREATE TRIGGER product_truncated AFTER TRUNCATE ON product FOR EACH STATEMENT EXECUTE FUNCTION product_counted();

-- nobody writes products until this is committed: the triggers' lock keeps them out
INSERT INTO product_count SELECT count(*) FROM product;

-- the few that are inactive, for the dashboard and the filter; an import, which never sets it, pays for none of it
CREATE INDEX product_inactive_idx ON product (sku) WHERE NOT active;
