package productimporter.products;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import productimporter.products.ProductChanges.ChangedProduct;

/**
 * Tells whoever wants to know ({@link ProductChanges}) what became of a product. Call
 * inside the transaction of the change.
 */
@Component
class ChangeNotices {

	private final List<ProductChanges> listeners;

	ChangeNotices(List<ProductChanges> listeners) {
		this.listeners = listeners;
	}

	void created(Product product) {
		each((listener) -> listener.created(changed(product)));
	}

	/** Nothing is told when no value is another one now. */
	void updated(Product before, Product after) {
		Set<String> fields = new TreeSet<>();
		compare("sku", before.sku(), after.sku(), fields);
		compare("name", before.name(), after.name(), fields);
		compare("description", before.description(), after.description(), fields);
		compare("price", before.price(), after.price(), fields);
		compare("active", before.active(), after.active(), fields);
		if (!fields.isEmpty()) {
			each((listener) -> listener.updated(changed(after), fields));
		}
	}

	void deleted(Product product) {
		each((listener) -> listener.deleted(changed(product)));
	}

	private void each(Consumer<ProductChanges> call) {
		this.listeners.forEach(call);
	}

	private static void compare(String field, @Nullable Object before, @Nullable Object after, Set<String> fields) {
		if (!Objects.equals(before, after)) {
			fields.add(field);
		}
	}

	private static ChangedProduct changed(Product product) {
		return new ChangedProduct(product.id(), product.sku(), product.version());
	}

}
