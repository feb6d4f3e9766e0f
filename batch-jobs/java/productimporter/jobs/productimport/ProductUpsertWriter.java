package productimporter.jobs.productimport;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import productimporter.imports.RowCounts;
import productimporter.platform.Ids;
import productimporter.products.ProductChanges;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes the products of a chunk in the order of their SKUs (one lock order for everyone,
 * and the index is filled from left to right), copies them in if all are new and upserts
 * them otherwise, and counts what the statements did. A SKU comes at most once in a run.
 */
final class ProductUpsertWriter implements ItemWriter<ValidProduct> {

	/** Products a statement. */
	static final int SLICE = 1000;

	static final Comparator<ValidProduct> BY_SKU = (one, other) -> one.sku().compareTo(other.sku());

	private final JdbcTemplate jdbc;

	private final ProductUpsert upsert;

	private final NewProducts newProducts;

	private final WrittenTuples written;

	private final RangeCounts counts;

	private final ChunkChanges changes;

	private final JdbcBatchItemWriter<Slice> slices = new JdbcBatchItemWriter<>();

	ProductUpsertWriter(DataSource dataSource, ProductUpsert upsert, RangeCounts counts, ChunkChanges changes) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.upsert = upsert;
		this.newProducts = new NewProducts(dataSource, upsert);
		this.written = new WrittenTuples(dataSource);
		this.counts = counts;
		this.changes = changes;
		this.slices.setDataSource(dataSource);
		this.slices.setSql(this.upsert.sql(false));
		this.slices.setItemPreparedStatementSetter(
				(slice, statement) -> this.upsert.set(statement, 1, slice.ids(), slice.products()));
		// a product that doesn't change is not touched
		this.slices.setAssertUpdates(false);
		this.slices.afterPropertiesSet();
	}

	@Override
	public void write(Chunk<? extends ValidProduct> chunk) throws Exception {
		if (chunk.isEmpty()) {
			return;
		}
		List<ValidProduct> sorted = new ArrayList<>(chunk.getItems());
		sorted.sort(BY_SKU);
		List<UUID> ids = new ArrayList<>(sorted.size());
		for (int i = 0; i < sorted.size(); i++) {
			ids.add(Ids.next());
		}
		ProductUpsert.lookByIndex(this.jdbc);
		ProductChanges.ImportInterest interest = this.changes.interest();
		WrittenTuples.Tuples did = this.newProducts.put(ids, sorted) ? new WrittenTuples.Tuples(sorted.size(), 0)
				: upsert(interest, ids, sorted);
		this.counts.add(new RowCounts(did.inserted(), did.updated(),
				sorted.size() - did.inserted() - did.updated(), 0, 0));
		this.changes.tell(interest, did, sorted, ids);
	}

	private WrittenTuples.Tuples upsert(ProductChanges.ImportInterest interest, List<UUID> ids,
			List<ValidProduct> products) throws Exception {
		this.slices.setSql(this.upsert.sql(interest.updated()));
		WrittenTuples.Tuples before = this.written.inThisTransaction();
		this.slices.write(slices(ids, products));
		WrittenTuples.Tuples did = this.written.inThisTransaction().minus(before);
		this.newProducts.upserted(did.inserted() == products.size());
		return did;
	}

	private static Chunk<Slice> slices(List<UUID> ids, List<ValidProduct> products) {
		Chunk<Slice> slices = new Chunk<>();
		for (int start = 0; start < products.size(); start += SLICE) {
			int end = Math.min(start + SLICE, products.size());
			slices.add(new Slice(ids.subList(start, end), products.subList(start, end)));
		}
		return slices;
	}

	/** What one statement writes. */
	private record Slice(List<UUID> ids, List<ValidProduct> products) {
	}

}
