package productimporter.products;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import productimporter.imports.EndedDelete;
import productimporter.imports.EndedRun;
import productimporter.imports.RunEndListener;

/**
 * Tells whoever wants to know ({@link ProductChanges}) that a bulk delete has ended.
 */
@Component
class BulkDeleteEnds implements RunEndListener {

	private static final JsonMapper json = JsonMapper.builder().build();

	private final List<ProductChanges> listeners;

	BulkDeleteEnds(List<ProductChanges> listeners) {
		this.listeners = listeners;
	}

	@Override
	public void ended(EndedRun run) {
		// an import tells of its products chunk by chunk
	}

	@Override
	public void ended(EndedDelete delete) {
		if (delete.deleted() > 0) {
			Map<String, String> filter = filter(delete.parameters());
			this.listeners.forEach((listener) -> listener.bulkDeleted(delete.id(), delete.deleted(), filter));
		}
	}

	private static Map<String, String> filter(String parameters) {
		Map<String, String> filter = new LinkedHashMap<>();
		json.readTree(parameters)
			.properties()
			.forEach((field) -> filter.put(field.getKey(), field.getValue().asString()));
		return filter;
	}

}
