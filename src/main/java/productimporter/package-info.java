@NullMarked
package productimporter;

import org.jspecify.annotations.NullMarked;
