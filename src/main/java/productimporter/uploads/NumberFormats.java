package productimporter.uploads;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The formats of a workbook's numbers, by the style of a cell.
 */
final class NumberFormats {

	/** Excel's own limits are 65,490 styles and some hundred formats. */
	private static final int MOST = 65_536;

	private final Map<Integer, NumberFormat> own = new HashMap<>();

	private final List<NumberFormat> byStyle = new ArrayList<>();

	private final boolean from1904;

	/**
	 * Knows no style so far.
	 * @param from1904 whether days are counted from 1904 on
	 */
	NumberFormats(boolean from1904) {
		this.from1904 = from1904;
	}

	/** Reads the part that lists the styles. */
	void read(XmlPart part) throws IOException {
		boolean cells = false;
		while (part.next()) {
			if (part.isStart("numFmt") && this.own.size() < MOST) {
				String code = part.attribute("formatCode");
				this.own.put(part.number("numFmtId", 0), NumberFormat.of((code != null) ? code : ""));
			}
			else if (part.isStart("cellXfs") || part.isEnd("cellXfs")) {
				cells = part.isStart();
			}
			else if (cells && part.isStart("xf") && this.byStyle.size() < MOST) {
				int id = part.number("numFmtId", 0);
				NumberFormat format = this.own.get(id);
				this.byStyle.add((format != null) ? format : NumberFormat.builtIn(id));
			}
		}
	}

	/**
	 * A number as text.
	 * @param style of its cell; {@code null} for none
	 */
	String text(String raw, @Nullable String style) {
		int index = (style != null) ? Integer.parseUnsignedInt(style) : 0;
		NumberFormat format = (index < this.byStyle.size()) ? this.byStyle.get(index) : NumberFormat.GENERAL;
		return format.text(raw, this.from1904);
	}

}
