package productimporter.products;

import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;

/**
 * Someone else changed the product since its editor saw it.
 */
class ProductChanged extends RequestRefused {

	private final transient Product current;

	private ProductChanged(String detail, Product current) {
		super(HttpStatus.PRECONDITION_FAILED, "product_changed", detail, null);
		this.current = current;
	}

	static ProductChanged from(Product current) {
		return new ProductChanged("Someone else changed this product at " + current.updatedAt()
				+ ". Get it again, and send your change with its new ETag.", current);
	}

	/** As it is now. */
	Product current() {
		return this.current;
	}

}
