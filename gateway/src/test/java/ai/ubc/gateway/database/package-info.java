@NullMarked
package ai.ubc.gateway.database;

import org.jspecify.annotations.NullMarked;
