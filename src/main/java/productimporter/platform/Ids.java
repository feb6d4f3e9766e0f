package productimporter.platform;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

/**
 * Makes identifiers: UUID version 7, so that new rows go to the end of an index.
 */
public final class Ids {

	private static final TimeBasedEpochGenerator GENERATOR = new TimeBasedEpochGenerator(new SecureRandom(),
			new NeverBackwardsClock());

	private Ids() {
	}

	/**
	 * A new identifier. Within this process each is greater than all before, compared as
	 * text or as PostgreSQL does, even when the system's clock is set back. May be called
	 * from any thread.
	 * @return a UUID of version 7
	 */
	public static UUID next() {
		return GENERATOR.generate();
	}

	private static final class NeverBackwardsClock extends UUIDClock {

		private final AtomicLong latest = new AtomicLong();

		@Override
		public long currentTimeMillis() {
			return this.latest.accumulateAndGet(super.currentTimeMillis(), Math::max);
		}

	}

}
