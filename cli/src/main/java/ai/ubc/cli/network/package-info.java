/** The one-process network: sequencer, gateway, database, providers and validators. */
@NullMarked
package ai.ubc.cli.network;

import org.jspecify.annotations.NullMarked;
