@NullMarked
package ai.ubc.gateway.http;

import org.jspecify.annotations.NullMarked;
