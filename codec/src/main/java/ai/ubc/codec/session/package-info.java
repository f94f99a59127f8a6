/**
 * What passes between the cluster and those who have a session with it: credentials, submissions
 * and acknowledgements. Written down in {@code docs/spec/session.md}.
 */
@NullMarked
package ai.ubc.codec.session;

import org.jspecify.annotations.NullMarked;
