/**
 * Import runs: queue, progress, outcome, history.
 */
@ApplicationModule(allowedDependencies = { "uploads", "platform" })
@NullMarked
package productimporter.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
