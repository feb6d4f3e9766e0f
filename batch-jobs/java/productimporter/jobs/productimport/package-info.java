/**
 * The job that imports a product file: inspect, validate, import, finish.
 */
@NullMarked
package productimporter.jobs.productimport;

import org.jspecify.annotations.NullMarked;
