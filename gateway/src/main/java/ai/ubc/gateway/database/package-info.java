/** PostgreSQL: the embedded server, the projections' transactions, and the reads. */
@NullMarked
package ai.ubc.gateway.database;

import org.jspecify.annotations.NullMarked;
