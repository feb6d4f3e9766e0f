package productimporter.products;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.Ids;

/**
 * The products, one by one.
 */
@Component
class Products {

	private final ProductTable table;

	private final ChangeNotices notices;

	Products(ProductTable table, ChangeNotices notices) {
		this.table = table;
		this.notices = notices;
	}

	/**
	 * Put a product in.
	 * @throws SkuTaken when there is one of this SKU
	 */
	@Transactional
	Product create(ProductFields fields) {
		Product created = this.table.insert(Ids.next(), fields).orElseThrow(() -> SkuTaken.by(sku(fields)));
		this.notices.created(created);
		return created;
	}

	/**
	 * Find a product.
	 * @throws ProductNotFound when there is none
	 */
	Product get(UUID id) {
		return this.table.find(id).orElseThrow(() -> ProductNotFound.of(id));
	}

	/**
	 * Change the fields that are given, if the product matches.
	 * @throws ProductNotFound when there is none
	 * @throws ProductChanged when it doesn't match
	 * @throws SkuTaken when another product has the new SKU
	 */
	@Transactional
	Product change(UUID id, ProductFields fields, IfMatch condition) {
		Product before = this.table.findAndLock(id).orElseThrow(() -> ProductNotFound.of(id));
		Optional<Product> changed;
		try {
			changed = this.table.update(id, fields, condition);
		}
		catch (DuplicateKeyException ex) {
			throw SkuTaken.by(sku(fields));
		}
		Product after = changed.orElseThrow(() -> ProductChanged.from(before));
		this.notices.updated(before, after);
		return after;
	}

	/**
	 * Take a product out, if it matches.
	 * @throws ProductNotFound when there is none
	 * @throws ProductChanged when it doesn't match
	 */
	@Transactional
	void delete(UUID id, IfMatch condition) {
		this.notices.deleted(this.table.delete(id, condition).orElseThrow(() -> ProductChanged.from(get(id))));
	}

	/** Those of these that there are, by SKU. */
	List<Product> find(Collection<UUID> ids) {
		return this.table.find(ids);
	}

	/**
	 * Take products out, all or none.
	 * @return how many of them there were
	 */
	@Transactional
	int delete(Collection<UUID> ids) {
		List<Product> deleted = find(ids).stream()
			.flatMap((product) -> this.table.delete(product.id(), IfMatch.ANY).stream())
			.toList();
		deleted.forEach(this.notices::deleted);
		return deleted.size();
	}

	private static String sku(ProductFields fields) {
		return Objects.requireNonNull(fields.sku());
	}

}
