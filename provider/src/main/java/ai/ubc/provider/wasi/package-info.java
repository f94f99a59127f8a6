/**
 * WASI preview 1 programs: admission, metering by rewriting the module, a deterministic system
 * interface.
 */
@NullMarked
package ai.ubc.provider.wasi;

import org.jspecify.annotations.NullMarked;
