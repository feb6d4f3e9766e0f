package productimporter.webhooks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import productimporter.products.ProductChanges.Item;

/**
 * The products of a message as they are stored until it is made: cheap to write in the
 * midst of an import. A SKU holds no line break, whoever wrote it (see RowRules).
 */
final class PackedItems {

	/** 16 bytes a product. */
	private final byte[] ids;

	/** A line each. */
	private final String skus;

	/** A byte each, {@code null} when nothing is to be told of changes. */
	private final byte @Nullable [] changes;

	PackedItems(byte[] ids, String skus, byte @Nullable [] changes) {
		this.ids = ids;
		this.skus = skus;
		this.changes = changes;
	}

	/**
	 * Pack products.
	 * @param withChanges whether their changes are kept
	 */
	static PackedItems of(List<Item> items, boolean withChanges) {
		ByteBuffer ids = ByteBuffer.allocate(items.size() * 16);
		ByteBuffer changes = ByteBuffer.allocate(items.size());
		for (Item item : items) {
			ids.putLong(item.id().getMostSignificantBits()).putLong(item.id().getLeastSignificantBits());
			changes.put((byte) item.changes());
		}
		return new PackedItems(ids.array(), items.stream().map(Item::sku).collect(Collectors.joining("\n")),
				withChanges ? changes.array() : null);
	}

	List<Item> unpack() {
		ByteBuffer packed = ByteBuffer.wrap(this.ids);
		String[] lines = this.skus.split("\n", -1);
		List<Item> items = new ArrayList<>(lines.length);
		for (int i = 0; i < lines.length; i++) {
			items.add(new Item(new UUID(packed.getLong(), packed.getLong()), lines[i],
					(this.changes != null) ? this.changes[i] : 0));
		}
		return items;
	}

	byte[] ids() {
		return this.ids;
	}

	String skus() {
		return this.skus;
	}

	byte @Nullable [] changes() {
		return this.changes;
	}

}
