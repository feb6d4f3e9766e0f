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

	Products(ProductTable table) {
		this.table = table;
	}

	/**
	 * Put a product in.
	 * @throws SkuTaken when there is one of this SKU
	 */
	Product create(ProductFields fields) {
		return this.table.insert(Ids.next(), fields).orElseThrow(() -> SkuTaken.by(sku(fields)));
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
	Product change(UUID id, ProductFields fields, IfMatch condition) {
		Optional<Product> changed;
		try {
			changed = this.table.update(id, fields, condition);
		}
		catch (DuplicateKeyException ex) {
			throw SkuTaken.by(sku(fields));
		}
		return changed.orElseThrow(() -> ProductChanged.from(get(id)));
	}

	/**
	 * Take a product out, if it matches.
	 * @throws ProductNotFound when there is none
	 * @throws ProductChanged when it doesn't match
	 */
	void delete(UUID id, IfMatch condition) {
		if (!this.table.delete(id, condition)) {
			throw ProductChanged.from(get(id));
		}
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
		return (int) find(ids).stream().filter((product) -> this.table.delete(product.id(), IfMatch.ANY)).count();
	}

	private static String sku(ProductFields fields) {
		return Objects.requireNonNull(fields.sku());
	}

}
