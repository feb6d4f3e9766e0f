/**
 * Mails to people: a run has ended, something was switched off.
 */
@ApplicationModule(allowedDependencies = { "imports", "platform" })
@NullMarked
package productimporter.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
