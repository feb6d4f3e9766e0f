package productimporter.jobs.productimport;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import javax.sql.DataSource;

import productimporter.products.ProductChanges;
import productimporter.products.ProductChanges.ImportInterest;
import productimporter.products.ProductChanges.ImportedProducts;
import productimporter.products.ProductChanges.Item;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells which products a chunk has created and updated, to those who want to know. Where
 * all of a chunk's rows are new, as in a first import, their ids are known already; where
 * none was written there is nothing to tell; only a mixed chunk is read again
 * (ops/decisions/0018).
 */
final class ChunkChanges {

	private final JdbcTemplate jdbc;

	private final List<ProductChanges> listeners;

	private final UUID run;

	ChunkChanges(DataSource dataSource, List<ProductChanges> listeners, UUID run) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.listeners = listeners;
		this.run = run;
	}

	/** Call in the chunk's transaction. */
	ImportInterest interest() {
		return this.listeners.stream()
			.map(ProductChanges::importInterest)
			.reduce(ImportInterest.NONE, ImportInterest::or);
	}

	/**
	 * Call in the chunk's transaction, after its statement.
	 * @param products in the order in which they were written
	 * @param proposedIds of them, had they been new
	 */
	void tell(ImportInterest interest, WrittenTuples.Tuples did, List<ValidProduct> products, List<UUID> proposedIds) {
		boolean created = interest.created() && did.inserted() > 0;
		boolean updated = interest.updated() && did.updated() > 0;
		if (!created && !updated) {
			return;
		}
		List<Item> createdItems = new ArrayList<>();
		List<Item> updatedItems = new ArrayList<>();
		long version;
		if (did.inserted() == products.size()) {
			version = version("SELECT xmin::text::bigint FROM product WHERE id = ?", proposedIds.get(0));
			for (int i = 0; i < products.size(); i++) {
				createdItems.add(new Item(proposedIds.get(i), products.get(i).sku(), 0));
			}
		}
		else {
			version = version("SELECT pg_current_xact_id()::xid::text::bigint");
			read(products, new HashSet<>(proposedIds), created ? createdItems : null, updated ? updatedItems : null);
		}
		ImportedProducts imported = new ImportedProducts(createdItems, updatedItems, version);
		this.listeners.forEach((listener) -> listener.imported(this.run, imported));
	}

	private long version(String sql, Object... parameters) {
		return Objects.requireNonNull(this.jdbc.queryForObject(sql, Long.class, parameters));
	}

	/** Of the chunk's products those that this transaction has written. */
	private void read(List<ValidProduct> products, Set<UUID> proposedIds,
			@Nullable List<Item> created,
			@Nullable List<Item> updated) {
		String[] skus = products.stream().map(ValidProduct::sku).toArray(String[]::new);
		this.jdbc.query("""
				SELECT id, sku, coalesce(import_changes, 0) FROM product
				WHERE sku = ANY (?) AND xmin = pg_current_xact_id()::xid""", (row) -> {
			UUID id = row.getObject(1, UUID.class);
			if (proposedIds.contains(id)) {
				if (created != null) {
					created.add(new Item(id, row.getString(2), 0));
				}
			}
			else if (updated != null) {
				updated.add(new Item(id, row.getString(2), row.getInt(3)));
			}
		}, (Object) skus);
	}

}
