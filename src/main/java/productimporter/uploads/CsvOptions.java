package productimporter.uploads;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import productimporter.platform.RequestRefused;

/**
 * What somebody says about how a file is written; what nobody says is found by looking
 * into it, and where that is doubtful it is asked for ({@link UnreadableFile#option()}).
 *
 * @param encoding {@code null}: to be found
 * @param delimiter {@code null}: to be found
 * @param quote what cells are quoted with; {@link #NO_QUOTE} for nothing
 * @param header whether the first line names the columns
 * @param decimal the decimal mark of prices, {@code .} or {@code ,}; {@code null}: to be
 * found
 * @param mapping field to name of its column, or to {@code null} when it is not to be
 * imported; a column without a name has its number, from 1. Fields that are not there are
 * found by the names of columns
 */
public record CsvOptions(@Nullable Charset encoding, @Nullable Character delimiter, char quote, boolean header,
		@Nullable Character decimal, Map<String, @Nullable String> mapping) {

	/** Nothing is said. */
	public static final CsvOptions NONE = new CsvOptions(null, null, '"', true, null, Map.of());

	/** The names of the options. */
	public static final Set<String> NAMES = Set.of("encoding", "delimiter", "quote", "header", "decimal", "mapping");

	static final char NO_QUOTE = '\0';

	/**
	 * Encodings in which a character has one length only, so that offsets can be computed
	 * (with UTF-8, where it follows from the character).
	 */
	private static final Map<String, Charset> ENCODINGS = encodings("UTF-8", "UTF-16LE", "UTF-16BE", "US-ASCII",
			"windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
			"windows-1256", "windows-1257", "windows-1258", "ISO-8859-1", "ISO-8859-2", "ISO-8859-3", "ISO-8859-4",
			"ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-9", "ISO-8859-13", "ISO-8859-15",
			"IBM437", "IBM850", "IBM852", "KOI8-R", "KOI8-U", "x-MacRoman", "GBK", "Big5", "windows-31j", "EUC-KR");

	private static final Map<String, Character> DELIMITERS = Map.of(",", ',', "comma", ',', ";", ';', "semicolon", ';',
			"\t", '\t', "\\t", '\t', "tab", '\t', "|", '|', "pipe", '|');

	private static final Map<String, Character> QUOTES = Map.of("\"", '"', "double", '"', "'", '\'', "single", '\'',
			"none", NO_QUOTE);

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * Read them from fields of a form.
	 * @param fields value by name; others than {@link #NAMES} are passed over
	 * @throws RequestRefused naming the field that can't be understood
	 */
	public static CsvOptions of(Map<String, String> fields) {
		String encoding = fields.get("encoding");
		return new CsvOptions((encoding != null) ? encoding(encoding) : null,
				oneOf(fields, "delimiter", DELIMITERS, "a comma, a semicolon, a tab (tab) or |"),
				Objects.requireNonNullElse(oneOf(fields, "quote", QUOTES, "\", ' or none"), '"'),
				!Boolean.FALSE.equals(oneOf(fields, "header", Map.of("true", true, "false", false), "true or false")),
				oneOf(fields, "decimal", Map.of(".", '.', ",", ','), "a full stop or a comma"),
				mapping(fields.get("mapping")));
	}

	/** The names of known encodings, the most common first. */
	public static List<String> encodings() {
		return List.of("UTF-8", "windows-1252", "ISO-8859-15", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "windows-1250",
				"windows-1251", "windows-1253", "windows-1254", "IBM850", "x-MacRoman", "GBK", "Big5", "windows-31j",
				"EUC-KR");
	}

	CsvOptions inEncoding(@Nullable Charset encoding) {
		return new CsvOptions(encoding, this.delimiter, this.quote, this.header, this.decimal, this.mapping);
	}

	static @Nullable Charset known(@Nullable String encoding) {
		return (encoding != null) ? ENCODINGS.get(encoding) : null;
	}

	static String name(char delimiter) {
		return switch (delimiter) {
			case ',' -> "comma";
			case ';' -> "semicolon";
			case '\t' -> "tab";
			default -> "|";
		};
	}

	private static Charset encoding(String name) {
		Charset known = ENCODINGS.get(name.strip());
		if (known == null) {
			throw refused("encoding", "'" + name + "' is no encoding that is known here. Known are "
					+ String.join(", ", ENCODINGS.keySet()) + ".");
		}
		return known;
	}

	private static <T> @Nullable T oneOf(Map<String, String> fields, String name, Map<String, T> values,
			String allowed) {
		String text = fields.get(name);
		if (text == null) {
			return null;
		}
		T value = values.get(text);
		if (value == null) {
			throw refused(name, "'" + name + "' is " + allowed + ".");
		}
		return value;
	}

	private static Map<String, @Nullable String> mapping(@Nullable String json) {
		Map<String, @Nullable String> mapping = new LinkedHashMap<>();
		if (json == null) {
			return mapping;
		}
		for (Map.Entry<String, JsonNode> entry : object("mapping", json).properties()) {
			if (!ProductColumns.FIELDS.contains(entry.getKey())) {
				throw refused("mapping", "There is no field '" + entry.getKey() + "'. Fields are "
						+ String.join(", ", ProductColumns.FIELDS) + ".");
			}
			JsonNode column = entry.getValue();
			if (!column.isString() && !column.isNull() && !column.isInt()) {
				throw refused("mapping", "'" + entry.getKey() + "' takes the name of a column, or null.");
			}
			mapping.put(entry.getKey(), column.isNull() ? null : column.asString());
		}
		return mapping;
	}

	/**
	 * Read a JSON object.
	 * @param field that holds it
	 * @throws RequestRefused when it is none
	 */
	public static JsonNode object(String field, String json) {
		try {
			JsonNode node = JSON.readTree(json);
			if (node.isObject()) {
				return node;
			}
		}
		catch (JacksonException ex) {
			// said below
		}
		throw refused(field, "'" + field + "' is a JSON object, such as {\"sku\": \"Article number\"}.");
	}

	private static RequestRefused refused(String field, String detail) {
		return new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "option_invalid", detail, field);
	}

	private static Map<String, Charset> encodings(String... names) {
		Map<String, Charset> encodings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String name : names) {
			if (Charset.isSupported(name)) {
				encodings.put(name.toLowerCase(Locale.ROOT).startsWith("x-") ? name.substring(2) : name,
						Charset.forName(name));
				encodings.put(name, Charset.forName(name));
			}
		}
		return encodings;
	}

}
