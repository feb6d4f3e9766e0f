package productimporter.products;

import java.util.UUID;

import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;

/**
 * There is no such product, or no longer.
 */
class ProductNotFound extends RequestRefused {

	private ProductNotFound(String detail) {
		super(HttpStatus.NOT_FOUND, "product_not_found", detail, null);
	}

	static ProductNotFound of(UUID id) {
		return new ProductNotFound("There is no product " + id + ". It may have been deleted meanwhile.");
	}

}
