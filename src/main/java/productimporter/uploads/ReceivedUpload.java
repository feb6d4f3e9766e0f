package productimporter.uploads;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an upload request held: the stored file and the other form fields, in any order
 * (fields may come after the file).
 *
 * @param file the file, stored but not yet recorded
 * @param fields value by field name, in the order sent; unmodifiable
 */
public record ReceivedUpload(StoredUpload file, Map<String, String> fields) {

	public ReceivedUpload {
		fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
	}

}
