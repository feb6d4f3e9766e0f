package productimporter.uploads;

import org.jspecify.annotations.Nullable;

/**
 * The content of a container: one CSV file.
 *
 * @param container what it was unpacked from
 * @param part what the container calls it (of a workbook the name of the sheet), cleaned
 * for showing, never a path; {@code null} when it has no name
 * @param leftOut other sheets of the workbook that could have been meant: visible ones
 * @param sizeBytes its length
 * @param sha256 64 lower-case hexadecimal digits
 */
public record Unpacked(Container container, @Nullable String part, int leftOut, long sizeBytes, String sha256) {
}
