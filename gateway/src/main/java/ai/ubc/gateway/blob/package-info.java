/** The content store: bodies by their SHA-256, on disk before they are acknowledged. */
@NullMarked
package ai.ubc.gateway.blob;

import org.jspecify.annotations.NullMarked;
