package productimporter.products;

import java.util.Map;

import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;

/**
 * Not as many products match as the sender thinks.
 */
public class CountDiffers extends RequestRefused {

	private final long count;

	private CountDiffers(String detail, long count) {
		super(HttpStatus.CONFLICT, "count_differs", detail, "expected_count");
		this.count = count;
	}

	static CountDiffers from(long expected, long count) {
		return new CountDiffers("Now " + count + ((count == 1) ? " product matches" : " products match") + ", not "
				+ expected + ". Nothing was deleted. Look again, and send the number that you mean.", count);
	}

	/**
	 * How many match now.
	 */
	public long count() {
		return this.count;
	}

	@Override
	public Map<String, Object> members() {
		return Map.of("count", this.count);
	}

}
