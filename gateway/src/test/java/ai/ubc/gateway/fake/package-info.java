/** A ledger and a database for the gateway's tests. */
@NullMarked
package ai.ubc.gateway.fake;

import org.jspecify.annotations.NullMarked;
