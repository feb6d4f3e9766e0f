/**
 * What every module stands on: the database, the data directory, ids, problem responses.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package productimporter.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
