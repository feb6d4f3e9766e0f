package productimporter.jobs.productimport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import productimporter.imports.RowCounts;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stands in for {@link ProductUpsertWriter} in a dry run: writes no product, but notes what
 * the same chunk would have changed, and counts it. A SKU comes at most once in a run, so
 * that nothing it compares with would have been written by the run itself.
 */
final class DryRunWriter implements ItemWriter<ValidProduct> {

	private final JdbcTemplate jdbc;

	private final ProductUpsert upsert;

	private final String sql;

	private final UUID run;

	private final RangeCounts counts;

	DryRunWriter(DataSource dataSource, ProductUpsert upsert, UUID run, RangeCounts counts) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.upsert = upsert;
		this.sql = upsert.dryRunSql();
		this.run = run;
		this.counts = counts;
	}

	@Override
	public void write(Chunk<? extends ValidProduct> chunk) {
		List<ValidProduct> sorted = new ArrayList<>(chunk.getItems());
		sorted.sort(ProductUpsertWriter.BY_SKU);
		ProductUpsert.lookByIndex(this.jdbc);
		for (int start = 0; start < sorted.size(); start += ProductUpsertWriter.SLICE) {
			compare(sorted.subList(start, Math.min(start + ProductUpsertWriter.SLICE, sorted.size())));
		}
	}

	private void compare(List<ValidProduct> products) {
		List<UUID> ids = Collections.nCopies(products.size(), this.run);
		this.jdbc.query(this.sql, (statement) -> {
			statement.setObject(1, this.run);
			this.upsert.set(statement, 2, ids, products);
		}, (row) -> {
			long created = row.getLong(1);
			long updated = row.getLong(2);
			this.counts.add(new RowCounts(created, updated, products.size() - created - updated, 0, 0));
		});
	}

}
