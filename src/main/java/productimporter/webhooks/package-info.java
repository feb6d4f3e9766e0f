/**
 * Webhooks: calls other programs when something happens.
 */
@ApplicationModule(allowedDependencies = { "products", "imports", "platform" })
@NullMarked
package productimporter.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
