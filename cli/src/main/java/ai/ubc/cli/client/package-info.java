/** Commands of a user of networks, and what all of them share. */
@NullMarked
package ai.ubc.cli.client;

import org.jspecify.annotations.NullMarked;
