/** Commands of a user of networks. */
@NullMarked
package ai.ubc.cli.client;

import org.jspecify.annotations.NullMarked;
