package productimporter.uploads;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import org.jspecify.annotations.Nullable;

/**
 * One XML part of a workbook, read element by element. No part has a document type, so
 * none has entities of its own; and whatever it says, little of it is kept in memory.
 */
final class XmlPart implements Closeable {

	/**
	 * The longest tag, and the longest text without a {@code >}; in bytes. A cell of
	 * Excel has 32,767 characters at most.
	 */
	private static final int LONGEST_TAG = 512 << 10;

	/**
	 * All different names of elements and attributes together, in characters; Excel uses
	 * some hundred names in a part.
	 */
	private static final int LONGEST_NAMES = 64 << 10;

	private static final int MOST_INSTRUCTIONS = 100;

	private static final XMLInputFactory FACTORY = factory();

	private final InputStream in;

	private final XMLStreamReader xml;

	/** The reader keeps every name that it has met. */
	private final Set<String> names = new HashSet<>();

	private int namesLength;

	private int instructions;

	XmlPart(InputStream in) throws IOException {
		this.in = in;
		try {
			this.xml = FACTORY.createXMLStreamReader(new BoundedTags(new BufferedInputStream(in, 64 << 10)));
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	private static XMLInputFactory factory() {
		WstxInputFactory factory = new WstxInputFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, false);
		factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 8192);
		factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 100);
		factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 100);
		return factory;
	}

	/**
	 * Goes on to the next tag or text.
	 * @return whether there is one
	 */
	boolean next() throws IOException {
		try {
			while (this.xml.hasNext()) {
				int event = this.xml.next();
				if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
					throw new IOException("A part of a workbook has no document type");
				}
				if (event == XMLStreamConstants.PROCESSING_INSTRUCTION && ++this.instructions > MOST_INSTRUCTIONS) {
					throw new IOException("Too many processing instructions");
				}
				if (event == XMLStreamConstants.START_ELEMENT) {
					remember();
				}
				if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT || isText()) {
					return true;
				}
			}
			return false;
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	private void remember() throws IOException {
		remember(this.xml.getLocalName());
		for (int i = 0; i < this.xml.getAttributeCount(); i++) {
			remember(this.xml.getAttributeLocalName(i));
		}
	}

	private void remember(String name) throws IOException {
		if (this.names.add(name)) {
			this.namesLength += name.length();
			if (this.namesLength > LONGEST_NAMES) {
				throw new IOException("Too many different names");
			}
		}
	}

	boolean isStart() {
		return this.xml.isStartElement();
	}

	boolean isEnd() {
		return this.xml.isEndElement();
	}

	/** Whether this is the start tag of an element, in whatever namespace. */
	boolean isStart(String name) {
		return this.xml.isStartElement() && this.xml.getLocalName().equals(name);
	}

	/** Whether this is the end tag of an element, in whatever namespace. */
	boolean isEnd(String name) {
		return this.xml.isEndElement() && this.xml.getLocalName().equals(name);
	}

	private boolean isText() {
		return this.xml.getEventType() == XMLStreamConstants.CHARACTERS
				|| this.xml.getEventType() == XMLStreamConstants.CDATA
				|| this.xml.getEventType() == XMLStreamConstants.SPACE;
	}

	/**
	 * An attribute of the present start tag.
	 * @return {@code null} if it isn't there
	 */
	@Nullable String attribute(String name) {
		for (int i = 0; i < this.xml.getAttributeCount(); i++) {
			if (this.xml.getAttributeLocalName(i).equals(name)) {
				return this.xml.getAttributeValue(i);
			}
		}
		return null;
	}

	/**
	 * An attribute that is a number from 0 on.
	 * @return the other if it isn't there
	 * @throws NumberFormatException if it is something else
	 */
	int number(String name, int other) {
		String value = attribute(name);
		return (value != null) ? Integer.parseUnsignedInt(value) : other;
	}

	/**
	 * Appends what text there is up to the end tag of the present element, without that
	 * of elements within.
	 * @param most where appending ends, in characters; what is beyond is passed over
	 */
	void text(StringBuilder target, int most) throws IOException {
		int depth = 1;
		while (depth > 0 && next()) {
			if (isStart()) {
				depth++;
			}
			else if (isEnd()) {
				depth--;
			}
			else if (depth == 1 && target.length() < most) {
				target.append(this.xml.getTextCharacters(), this.xml.getTextStart(),
						Math.min(this.xml.getTextLength(), most - target.length()));
			}
		}
	}

	/** Passes over the rest of the present element. */
	void skip() throws IOException {
		text(new StringBuilder(), 0);
	}

	@Override
	public void close() throws IOException {
		try {
			this.xml.close();
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
		finally {
			this.in.close();
		}
	}

	/** Names and comments are kept whole by the reader, however long they are. */
	private static final class BoundedTags extends FilterInputStream {

		private int sinceTag;

		BoundedTags(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int count = super.read(bytes, offset, length);
			for (int i = offset; i < offset + count; i++) {
				this.sinceTag = (bytes[i] == '>') ? 0 : this.sinceTag + 1;
			}
			if (this.sinceTag > LONGEST_TAG) {
				throw new IOException("A tag has no end");
			}
			return count;
		}

	}

}
