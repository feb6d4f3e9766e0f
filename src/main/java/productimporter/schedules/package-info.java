/**
 * Bulk deletes that start by themselves.
 */
@ApplicationModule(allowedDependencies = { "products", "imports", "platform" })
@NullMarked
package productimporter.schedules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
