/** Commands that talk to a gateway: run, account, wallet. */
@NullMarked
package ai.ubc.cli.client;

import org.jspecify.annotations.NullMarked;
