/** What a job would cost now, in the ledger's own arithmetic. */
@NullMarked
package ai.ubc.gateway.quote;

import org.jspecify.annotations.NullMarked;
