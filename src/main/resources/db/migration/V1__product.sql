-- A product. SKUs are trimmed and lower-cased before they come here (see productimporter.products.Sku);
-- the "C" collation orders them by code point, as the import does, and is the fastest to compare.
CREATE TABLE product (
	id uuid PRIMARY KEY,
	sku text COLLATE "C" NOT NULL,
	name text NOT NULL,
	description text,
	price numeric(12, 2),
	active boolean NOT NULL DEFAULT true,
	created_at timestamptz NOT NULL DEFAULT now(),
	updated_at timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT product_sku_key UNIQUE (sku),
	CONSTRAINT product_sku_length CHECK (char_length(sku) BETWEEN 1 AND 255),
	CONSTRAINT product_name_not_blank CHECK (name <> ''),
	CONSTRAINT product_price_not_negative CHECK (price >= 0)
);
