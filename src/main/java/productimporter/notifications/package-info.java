/**
 * Mails to people: a run has ended, something was switched off or not started.
 */
@ApplicationModule(allowedDependencies = { "imports", "schedules", "webhooks", "platform" })
@NullMarked
package productimporter.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
