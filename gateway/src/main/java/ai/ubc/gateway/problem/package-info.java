/** Why a request fails: stable codes, without HTTP or JSON. */
@NullMarked
package ai.ubc.gateway.problem;

import org.jspecify.annotations.NullMarked;
