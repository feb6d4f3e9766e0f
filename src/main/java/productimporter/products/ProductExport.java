package productimporter.products;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import productimporter.uploads.CsvFormat;
import productimporter.uploads.Formulas;

/**
 * The catalogue, or what a filter leaves of it, as a CSV that can be imported again: of a
 * file that nobody has edited every row is unchanged. Formulas are made inert, and its
 * last column says so to the import (ops/decisions/0021).
 */
@Component
class ProductExport {

	private static final List<String> HEADER = List.of("sku", "name", "description", "price", "active", "updated_at",
			CsvFormat.INERT_FORMULAS_COLUMN);

	private static final int PAGE = 2_000;

	/** Bounds the memory of a page. */
	private static final long MAX_BYTES = 4 * 1024 * 1024;

	private final ProductListQuery query;

	ProductExport(ProductListQuery query) {
		this.query = query;
	}

	/**
	 * The first products, in the order of their SKUs.
	 */
	ProductListQuery.Found begin(ProductFilter filter) {
		return page(filter, null);
	}

	/**
	 * Writes products and all that follow them, page by page: no connection is held while
	 * it waits for the reader. A product that is changed meanwhile is written as its page
	 * finds it, each at most once.
	 * @param out not closed
	 * @throws IOException when the reader has gone
	 */
	void write(ProductFilter filter, ProductListQuery.Found first, OutputStream out) throws IOException {
		try {
			CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
			csv.writeRecord(HEADER);
			ProductListQuery.Found found = first;
			while (true) {
				found.rows().forEach((row) -> write(row.product(), csv));
				csv.flush();
				if (!found.more()) {
					return;
				}
				found = page(filter, found.rows().get(found.rows().size() - 1));
			}
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	private ProductListQuery.Found page(ProductFilter filter, ProductListQuery.@Nullable Row after) {
		PageToken from = (after != null) ? new PageToken(false, 1, after.key(), after.product().sku()) : null;
		return this.query.find(filter, ProductOrder.DEFAULT, new ProductListQuery.Start(from, 0), PAGE, MAX_BYTES);
	}

	private static void write(Product product, CsvWriter csv) {
		csv.writeRecord(Formulas.inert(product.sku()), Formulas.inert(product.name()),
				(product.description() != null) ? Formulas.inert(product.description()) : "",
				(product.price() != null) ? product.price().toPlainString() : "", Boolean.toString(product.active()),
				product.updatedAt().toString(), "yes");
	}

}
