package productimporter.uploads;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import productimporter.uploads.ZipContainer.Member;

/**
 * The parts of an Excel workbook (ECMA-376) that its first visible sheet is read from.
 */
final class Workbook {

	private static final int MOST_SHEETS = 2_000;

	private final ZipContainer zip;

	private final UnpackLimit limit;

	/** Visible sheets: name, and the relation that leads to it. */
	private final List<SheetName> visible = new ArrayList<>();

	private boolean from1904;

	private String path = "";

	private @Nullable Member sheet;

	private @Nullable Member styles;

	private @Nullable Member strings;

	private Workbook(ZipContainer zip, UnpackLimit limit) {
		this.zip = zip;
		this.limit = limit;
	}

	/**
	 * Finds the parts.
	 * @throws productimporter.platform.RequestRefused when it is another document
	 */
	static Workbook of(ZipContainer zip, UnpackLimit limit) throws IOException {
		if (zip.find("[Content_Types].xml") == null) {
			throw ContainerRefusals.otherDocument("a document of LibreOffice or OpenOffice (such as .ods)");
		}
		if (zip.find("xl/workbook.bin") != null) {
			throw ContainerRefusals.otherDocument("a binary Excel workbook (.xlsb)");
		}
		if (zip.find("word/document.xml") != null || zip.find("ppt/presentation.xml") != null) {
			throw ContainerRefusals.otherDocument("a Word or PowerPoint document");
		}
		Workbook workbook = new Workbook(zip, limit);
		workbook.read();
		return workbook;
	}

	private void read() throws IOException {
		this.path = relations("").values()
			.stream()
			.filter((relation) -> relation.isOf("officeDocument"))
			.findFirst()
			.orElseThrow(() -> new IOException("Nothing leads to the workbook"))
			.target();
		readSheets(part(this.zip.find(this.path)));
		Map<String, Relation> relations = relations(this.path);
		for (Relation relation : relations.values()) {
			if (relation.isOf("styles")) {
				this.styles = this.zip.find(relation.target());
			}
			else if (relation.isOf("sharedStrings")) {
				this.strings = this.zip.find(relation.target());
			}
		}
		// others are charts and dialogs
		this.visible.removeIf((name) -> {
			Relation relation = relations.get(name.relation());
			return relation == null || !relation.isOf("worksheet");
		});
		if (this.visible.isEmpty()) {
			throw ContainerRefusals.noSheet();
		}
		Relation first = relations.get(this.visible.get(0).relation());
		this.sheet = (first != null) ? this.zip.find(first.target()) : null;
	}

	private void readSheets(XmlPart opened) throws IOException {
		try (XmlPart part = opened) {
			while (part.next()) {
				if (part.isStart("workbookPr")) {
					String from = part.attribute("date1904");
					this.from1904 = "1".equals(from) || "true".equals(from);
				}
				else if (part.isStart("sheet") && this.visible.size() < MOST_SHEETS) {
					String state = part.attribute("state");
					String name = part.attribute("name");
					String relation = part.attribute("id");
					if ((state == null || state.equals("visible")) && name != null && relation != null) {
						this.visible.add(new SheetName(name, relation));
					}
				}
			}
		}
	}

	/** The relations of a part, by id; of the whole document for the empty path. */
	private Map<String, Relation> relations(String of) throws IOException {
		int slash = of.lastIndexOf('/');
		String directory = of.substring(0, slash + 1);
		Map<String, Relation> relations = new HashMap<>();
		try (XmlPart part = part(this.zip.find(directory + "_rels/" + of.substring(slash + 1) + ".rels"))) {
			while (part.next()) {
				String id = part.isStart("Relationship") ? part.attribute("Id") : null;
				String type = (id != null) ? part.attribute("Type") : null;
				String target = (type != null) ? part.attribute("Target") : null;
				if (relations.size() > MOST_SHEETS) {
					throw new IOException("Too many relations");
				}
				if (id != null && type != null && target != null) {
					relations.put(id, new Relation(type, resolve(directory, target)));
				}
			}
		}
		return relations;
	}

	/** A name in the archive, never on a disk. */
	private static String resolve(String directory, String target) {
		return target.startsWith("/") ? target.substring(1) : directory + target;
	}

	private XmlPart part(@Nullable Member member) throws IOException {
		if (member == null) {
			throw new IOException("A part of the workbook is missing");
		}
		return new XmlPart(member.open(this.limit));
	}

	/** The name of the first visible sheet. */
	String sheetName() {
		return this.visible.get(0).name();
	}

	/** How many other visible sheets there are. */
	int leftOut() {
		return this.visible.size() - 1;
	}

	/** The first visible sheet. */
	XmlPart sheet() throws IOException {
		return part(this.sheet);
	}

	NumberFormats numberFormats() throws IOException {
		NumberFormats formats = new NumberFormats(this.from1904);
		if (this.styles != null) {
			try (XmlPart part = part(this.styles)) {
				formats.read(part);
			}
		}
		return formats;
	}

	/**
	 * Reads the texts that cells share.
	 * @param strings empty
	 */
	void readStrings(SharedStrings strings) throws IOException {
		if (this.strings != null) {
			try (XmlPart part = part(this.strings)) {
				strings.read(part);
			}
		}
	}

	/** A sheet as the workbook lists it. */
	private record SheetName(String name, String relation) {
	}

	/** What leads from one part to another. */
	private record Relation(String type, String target) {

		/** Whether it is of a type, which differs by a prefix between editions. */
		boolean isOf(String name) {
			return this.type.endsWith("/" + name);
		}

	}

}
