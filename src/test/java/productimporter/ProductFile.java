package productimporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

/**
 * A product file made from a seed, and what a correct import of it into an empty
 * catalogue leaves behind.
 *
 * @param path of the file
 * @param rows data records in it
 * @param refused of them, records that break a rule, by its code
 * @param superseded of them, accepted records whose SKU comes again
 * @param products distinct SKUs of the accepted records
 * @param digest SHA-256 over the products in code-point order of their SKUs, see
 * {@link Catalogue#digest}
 */
public record ProductFile(Path path, int rows, Map<String, Integer> refused, int superseded, int products,
		String digest) {

	private static final List<String> WORDS = List.of("durable", "hand-made", "for everyday use", "ships flat packed",
			"tested to 40°C", "dishwasher, safe", "12\" wide", "\"as new\"", "折りたたみ傘", "Größe M", "line\nbreak", "👕");

	private static final List<String> RULES = List.of("sku_missing", "name_missing", "price_not_a_number",
			"price_negative", "too_few_cells", "control_character");

	/**
	 * Writes a file.
	 * @param badShare share of records that break a rule, 0 to 1
	 */
	public static ProductFile write(Path path, int rows, long seed, double badShare) {
		Random random = new Random(seed);
		Map<String, String> winners = new TreeMap<>();
		Map<String, Integer> refused = new TreeMap<>();
		int accepted = 0;
		try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
				CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out)) {
			csv.writeRecord("SKU", "Name", "Description", "Price");
			for (int i = 0; i < rows; i++) {
				boolean again = i > 0 && random.nextDouble() < 0.02;
				String sku = "%c-%07d".formatted('A' + random.nextInt(8), again ? random.nextInt(i) : i);
				sku = "K" + sku.substring(1);
				String name = words(random, 3) + " " + i;
				String description = words(random, 8 + random.nextInt(16));
				String price = String.format(Locale.ROOT, "%d.%02d", random.nextInt(10_000), random.nextInt(100));
				if (random.nextDouble() < badShare) {
					String rule = RULES.get(random.nextInt(RULES.size()));
					refused.merge(rule, 1, Integer::sum);
					csv.writeRecord(broken(rule, sku, name, description, price));
				}
				else {
					accepted++;
					csv.writeRecord(again ? " " + sku.toLowerCase(Locale.ROOT) + " " : sku, name, description, price);
					winners.put(sku.toLowerCase(Locale.ROOT), name + "\t" + description + "\t" + price);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new ProductFile(path, rows, refused, accepted - winners.size(), winners.size(), digest(winners));
	}

	public int rejected() {
		return this.refused.values().stream().mapToInt(Integer::intValue).sum();
	}

	private static String words(Random random, int count) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < count; i++) {
			text.append((i == 0) ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
		}
		return text.toString();
	}

	private static String[] broken(String rule, String sku, String name, String description, String price) {
		return switch (rule) {
			case "sku_missing" -> new String[] { "  ", name, description, price };
			case "name_missing" -> new String[] { sku, "", description, price };
			case "price_not_a_number" -> new String[] { sku, name, description, "call us" };
			case "price_negative" -> new String[] { sku, name, description, "-" + price + "1".substring(1) };
			case "too_few_cells" -> new String[] { sku, name };
			case "control_character" -> new String[] { sku, name + "\0", description, price };
			default -> throw new IllegalArgumentException(rule);
		};
	}

	private static String digest(Map<String, String> winners) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			winners
				.forEach((sku, values) -> digest.update((sku + "\t" + values + "\n").getBytes(StandardCharsets.UTF_8)));
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
