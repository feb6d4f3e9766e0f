package productimporter.imports;

import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a file that may correct the refused rows of a run.
 *
 * @param asked fields of an upload, with what holds because it held in that run
 * @param parent that run, {@code null} for any other file
 */
record Correction(Map<String, String> asked, @Nullable UUID parent) {
}
