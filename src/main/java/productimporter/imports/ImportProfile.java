package productimporter.imports;

import java.time.Instant;
import java.util.Map;

/**
 * How files of one kind are read and imported.
 *
 * @param name 1 to 100 characters
 * @param fields fields of an upload, as {@link ImportOptions#of} reads them
 * @param updatedAt when it was saved last
 */
record ImportProfile(String name, Map<String, String> fields, Instant updatedAt) {
}
