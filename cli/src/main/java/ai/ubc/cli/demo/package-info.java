/** The main job, start to finish, as a story that checks itself. */
@NullMarked
package ai.ubc.cli.demo;

import org.jspecify.annotations.NullMarked;
