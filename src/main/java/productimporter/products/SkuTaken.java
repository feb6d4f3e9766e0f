package productimporter.products;

import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;

/**
 * There is a product of this SKU.
 */
class SkuTaken extends RequestRefused {

	private SkuTaken(String detail) {
		super(HttpStatus.CONFLICT, "sku_taken", detail, "sku");
	}

	static SkuTaken by(String sku) {
		return new SkuTaken("There is a product \"" + sku + "\" already. SKUs that differ only in case are one.");
	}

}
