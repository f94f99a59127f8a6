/** What a provider asks of its own account: how it stands, what it earned, why, and its money. */
@NullMarked
package ai.ubc.cli.provider;

import org.jspecify.annotations.NullMarked;
