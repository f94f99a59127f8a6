/** Provider and validator nodes, and the runtimes they host. */
@NullMarked
package ai.ubc.provider;

import org.jspecify.annotations.NullMarked;
