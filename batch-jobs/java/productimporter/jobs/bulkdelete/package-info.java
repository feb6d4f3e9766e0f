/**
 * The job that deletes many products: count, delete, finish.
 */
@NullMarked
package productimporter.jobs.bulkdelete;

import org.jspecify.annotations.NullMarked;
