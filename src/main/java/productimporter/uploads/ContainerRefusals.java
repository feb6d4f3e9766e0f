package productimporter.uploads;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

import productimporter.platform.RequestRefused;

/**
 * Every reason for which a container is refused, and what to do then.
 */
final class ContainerRefusals {

	private static final int NAMES = 5;

	private static final int LONGEST_NAME = 80;

	private ContainerRefusals() {
	}

	static RequestRefused tooLarge(Container container, DataSize limit) {
		return refused("container_too_large",
				"The %s holds more than %s, the most that is unpacked. Split the file, or have importer.uploads.max-unpacked-size raised."
					.formatted(container.words(), UploadRefusals.inWords(limit)));
	}

	static RequestRefused ratio(Container container, int limit) {
		return refused("container_ratio",
				"The %s unpacks to more than %d times its size, which no product file does. Unpack it yourself and upload what is in it, or have importer.uploads.max-unpacked-ratio raised."
					.formatted(container.words(), limit));
	}

	static RequestRefused damaged(Container container) {
		return refused("container_damaged",
				"The %s is damaged or not complete. %s".formatted(container.words(),
						(container == Container.XLSX)
								? "Open it in a spreadsheet program, save it again, and upload that."
								: "Make it again, or upload the CSV file that is in it."));
	}

	static RequestRefused encrypted(Container container) {
		return refused("container_encrypted",
				"The %s is protected by a password. Upload it without one.".formatted(container.words()));
	}

	static RequestRefused severalFiles(List<String> names) {
		return refused("container_several_files",
				"The zip archive holds %,d files (%s). Upload each product file on its own, or in an archive of its own."
					.formatted(names.size(), listed(names)));
	}

	static RequestRefused tooManyFiles() {
		return refused("container_several_files",
				"The zip archive holds thousands of files. Upload each product file on its own, or in an archive of its own.");
	}

	static RequestRefused empty() {
		return refused("container_empty", "There is no file in the zip archive. Upload one with a product file in it.");
	}

	static RequestRefused nested(Container container, String what) {
		return refused("container_nested",
				"There is %s in the %s. Unpack that, and upload what is in it.".formatted(what, container.words()));
	}

	static RequestRefused method(String name) {
		return refused("container_unsupported",
				"%s is compressed in a way that is not read here. Make a zip archive with the usual method (Deflate), or upload the file itself."
					.formatted(shown(name)));
	}

	static RequestRefused otherDocument(String what) {
		return refused("container_unsupported",
				"The file is %s. Open it in a spreadsheet program, save it as \"CSV UTF-8\" or as .xlsx, and upload that."
					.formatted(what));
	}

	static RequestRefused noSheet() {
		return refused("container_empty",
				"There is no visible sheet with cells in the workbook. Unhide the one that is meant, save the workbook, and upload that.");
	}

	static RequestRefused notCalculated(String cell) {
		return refused("container_not_calculated",
				"Cell %s of the workbook holds a formula without its result. Open the workbook in a spreadsheet program, save it, and upload that."
					.formatted(cell));
	}

	static RequestRefused textOption(String option) {
		return refused("option_invalid",
				"'%s' says how text is written, and the file is a workbook. Leave it out.".formatted(option), option);
	}

	/** The first names, each without what would disturb a page. */
	private static String listed(List<String> names) {
		return names.stream().limit(NAMES).map(ContainerRefusals::shown).collect(Collectors.joining(", "))
				+ ((names.size() > NAMES) ? ", …" : "");
	}

	private static String shown(String name) {
		String clean = SentFilename.clean(name);
		return (clean.length() <= LONGEST_NAME) ? clean : clean.substring(0, LONGEST_NAME) + "…";
	}

	private static RequestRefused refused(String code, String detail) {
		return refused(code, detail, "file");
	}

	private static RequestRefused refused(String code, String detail, @Nullable String field) {
		return new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, code, detail, field);
	}

}
