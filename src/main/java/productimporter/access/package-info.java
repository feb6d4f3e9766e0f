/**
 * Who may come in, what each may do, how much at once, and who did what.
 */
@ApplicationModule(allowedDependencies = "platform")
@NullMarked
package productimporter.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
