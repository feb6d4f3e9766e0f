/**
 * The Spring Batch jobs. Nothing depends on this module.
 */
@ApplicationModule(allowedDependencies = { "imports", "products", "uploads", "platform" })
@NullMarked
package productimporter.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
