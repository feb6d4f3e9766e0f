import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes a product file for benchmarks: {@code java MakeProducts.java FILE ROWS SEED [WORD]}, the
 * word before each name. About
 * 150 bytes a row, two rows in a hundred repeat an earlier SKU in another case, a third of
 * the descriptions are quoted, some with line breaks.
 */
class MakeProducts {

	private static final String[] NAMES = "Lamp,Kettle,Backpack,Drill,Notebook,Jacket,Router,Bottle,Chair,Café Mug,Größe-M Shirt,折りたたみ傘"
		.split(",");

	private static final String[] WORDS = ("durable hand-made for everyday use with two year warranty ships flat packed made "
			+ "in Portugal tested to 40°C dishwasher safe spare parts sold separately fits most models see manual")
		.split(" ");

	public static void main(String[] args) throws IOException {
		int rows = Integer.parseInt(args[1]);
		Random random = new Random(Long.parseLong(args[2]));
		String before = (args.length > 3) ? args[3] + " " : "";
		List<String> skus = new ArrayList<>();
		try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[0]))) {
			out.write("sku,name,description,price\r\n");
			for (int i = 0; i < rows; i++) {
				String sku = String.format("%c%c-%07d", 'A' + random.nextInt(8), 'k' + random.nextInt(8), i);
				if (i > 0 && random.nextInt(50) == 0) {
					sku = skus.get(random.nextInt(skus.size())).toLowerCase(Locale.ROOT);
				}
				else {
					skus.add(sku);
				}
				String description = words(random, 8 + random.nextInt(17));
				int shape = random.nextInt(100);
				if (shape < 25) {
					description = '"' + description + ", " + words(random, 4) + '"';
				}
				else if (shape < 32) {
					description = '"' + description + " 12\"\" wide, \"\"as new\"\"\"";
				}
				else if (shape < 36) {
					description = '"' + description + '\n' + words(random, 6) + '"';
				}
				out.write(sku + ',' + before + NAMES[random.nextInt(NAMES.length)] + ' ' + random.nextInt(10_000) + ','
						+ description + ',' + random.nextInt(10_000) + '.' + (10 + random.nextInt(90)) + "\r\n");
			}
		}
	}

	private static String words(Random random, int count) {
		StringBuilder words = new StringBuilder();
		for (int i = 0; i < count; i++) {
			words.append((i == 0) ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
		}
		return words.toString();
	}

}
