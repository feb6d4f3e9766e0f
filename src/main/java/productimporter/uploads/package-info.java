/**
 * Files as they come in: received, stored, looked into, and read as CSV records.
 */
@ApplicationModule(allowedDependencies = { "platform" })
@NullMarked
package productimporter.uploads;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
