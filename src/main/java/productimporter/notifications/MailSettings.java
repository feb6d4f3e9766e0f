package productimporter.notifications;

import java.time.Duration;
import java.util.List;

import productimporter.platform.MailAddress;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Mails. Which server sends them is said by {@code spring.mail.*}; without
 * {@code spring.mail.host} none is written.
 *
 * @param from the sender
 * @param operators who is told of the end of every run and of what was switched off
 * @param attachUpTo the size in bytes up to which the file of refused rows is attached
 * @param firstRetry how long after a failed try the next follows; it doubles from try to
 * try
 * @param longestRetry the longest time between two tries
 * @param giveUpAfter for how long a mail is tried
 * @param send whether this node sends mails
 */
@ConfigurationProperties("importer.mail")
record MailSettings(@DefaultValue("product-importer@localhost") String from, @DefaultValue List<String> operators,
		@DefaultValue("262144") int attachUpTo, @DefaultValue("30s") Duration firstRetry,
		@DefaultValue("1h") Duration longestRetry, @DefaultValue("1d") Duration giveUpAfter,
		@DefaultValue("true") boolean send) {

	MailSettings {
		new MailAddress(from);
		operators.forEach(MailAddress::new);
	}

	/**
	 * How long to wait after a try that failed.
	 * @param tries so far, 1 or more
	 */
	Duration retryDelay(int tries) {
		Duration doubled = this.firstRetry.multipliedBy(1L << Math.min(tries - 1, 20));
		return (doubled.compareTo(this.longestRetry) < 0) ? doubled : this.longestRetry;
	}

}
