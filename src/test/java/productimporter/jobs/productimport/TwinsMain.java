package productimporter.jobs.productimport;

import java.nio.file.Path;

import productimporter.imports.ImportOptions.Duplicates;

/**
 * Finds the twins of a file in which every SKU comes twice, its second half like its
 * first, and prints how many records know the line of the right other one.
 */
final class TwinsMain {

	private TwinsMain() {
	}

	public static void main(String[] arguments) {
		int records = Integer.parseInt(arguments[1]);
		int half = records / 2;
		try (DuplicateSkus duplicates = new DuplicateSkus(Path.of(arguments[0]), Duplicates.REFUSE)) {
			for (int record = 0; record < records; record++) {
				duplicates.add("sku-" + record % half, record, record + 2L);
			}
			duplicates.superseded();
			int right = 0;
			for (int record = 0; record < records; record++) {
				if (duplicates.twins().of(record) == (record + half) % records + 2) {
					right++;
				}
			}
			System.out.println(right + " twins");
		}
	}

}
