package productimporter.jobs.productimport;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import productimporter.imports.RowCounts;
import productimporter.platform.Ids;
import productimporter.products.ProductChanges;
import productimporter.uploads.ProductColumns;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;

/**
 * Upserts the products of a chunk in the order of their SKUs (one lock order for everyone,
 * and the index is filled from left to right) and counts what the statement did. A SKU
 * comes at most once in a run.
 */
final class ProductUpsertWriter extends JdbcBatchItemWriter<ValidProduct> {

	private static final Comparator<ValidProduct> BY_SKU = Comparator.comparing(ValidProduct::sku);

	private final ProductUpsert upsert;

	private final WrittenTuples written;

	private final RangeCounts counts;

	private final ChunkChanges changes;

	/** In the order of the rows that the present chunk writes. */
	private final List<UUID> proposedIds = new ArrayList<>();

	ProductUpsertWriter(DataSource dataSource, ProductColumns columns, RangeCounts counts, ChunkChanges changes) {
		this.upsert = new ProductUpsert(columns);
		this.written = new WrittenTuples(dataSource);
		this.counts = counts;
		this.changes = changes;
		setDataSource(dataSource);
		setSql(this.upsert.sql(false));
		setItemPreparedStatementSetter(this::set);
		// a rewritten batch doesn't tell how many rows it touched
		setAssertUpdates(false);
		afterPropertiesSet();
	}

	@Override
	public void write(Chunk<? extends ValidProduct> chunk) throws Exception {
		if (chunk.isEmpty()) {
			return;
		}
		List<ValidProduct> sorted = new ArrayList<>(chunk.getItems());
		sorted.sort(BY_SKU);
		ProductChanges.ImportInterest interest = this.changes.interest();
		setSql(this.upsert.sql(interest.updated()));
		this.proposedIds.clear();
		WrittenTuples.Tuples before = this.written.inThisTransaction();
		super.write(new Chunk<>(sorted));
		WrittenTuples.Tuples did = this.written.inThisTransaction().minus(before);
		this.counts.add(new RowCounts(did.inserted(), did.updated(),
				sorted.size() - did.inserted() - did.updated(), 0, 0));
		this.changes.tell(interest, did, sorted, this.proposedIds);
	}

	private void set(ValidProduct product, PreparedStatement statement) throws SQLException {
		UUID id = Ids.next();
		this.proposedIds.add(id);
		this.upsert.set(statement, id, product);
	}

}
