package productimporter.products;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Under which condition a product may be changed: that it is still as its editor saw it.
 *
 * @param versions one of these, separated by commas; {@code null} for any
 */
record IfMatch(@Nullable String versions) {

	static final IfMatch ANY = new IfMatch(null);

	/** That it has this version. */
	static IfMatch version(long version) {
		return new IfMatch(Long.toString(version));
	}

	/**
	 * Read the header. What is no tag of ours matches nothing, a weak tag too.
	 */
	static IfMatch of(@Nullable String header) {
		if (header == null || header.strip().equals("*")) {
			return ANY;
		}
		return new IfMatch(Arrays.stream(header.split(","))
			.map(String::strip)
			.filter((tag) -> tag.matches("\"\\d+\""))
			.map((tag) -> tag.substring(1, tag.length() - 1))
			.collect(Collectors.joining(",")));
	}

}
