/** Buying a job from one end to the other: order, secret, result. */
@NullMarked
package ai.ubc.sdk.job;

import org.jspecify.annotations.NullMarked;
