/** What can be done with a network's files while it does not run, or beside it. */
@NullMarked
package ai.ubc.cli.ledger;

import org.jspecify.annotations.NullMarked;
