/** The HTTP interface: the only package that knows Spring. */
@NullMarked
package ai.ubc.gateway.http;

import org.jspecify.annotations.NullMarked;
