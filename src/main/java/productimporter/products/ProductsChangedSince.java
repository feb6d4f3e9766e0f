package productimporter.products;

import java.time.Instant;

import org.springframework.stereotype.Component;

import productimporter.imports.CatalogueChanges;

/**
 * Tells imports whether products have changed.
 */
@Component
class ProductsChangedSince implements CatalogueChanges {

	private final ProductTable products;

	ProductsChangedSince(ProductTable products) {
		this.products = products;
	}

	@Override
	public boolean since(Instant moment) {
		return this.products.changedSince(moment);
	}

}
