/** Files that come with the command, and places on disk for one time. */
@NullMarked
package ai.ubc.cli.files;

import org.jspecify.annotations.NullMarked;
