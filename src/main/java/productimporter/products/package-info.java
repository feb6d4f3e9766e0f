/**
 * The catalogue.
 */
@ApplicationModule(allowedDependencies = { "imports", "platform" })
@NullMarked
package productimporter.products;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
