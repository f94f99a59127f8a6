/** Tests of what a provider is told about its jobs and its money. */
@NullMarked
package ai.ubc.cli.provider;

import org.jspecify.annotations.NullMarked;
