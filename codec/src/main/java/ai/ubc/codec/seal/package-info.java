/**
 * Bodies that only their readers can open: reader keys of accounts, the key of a job and how it is
 * wrapped for a reader, and the form of sealed programs, inputs and results. All cryptography is
 * that of libraries; what is decided here is what goes into it.
 */
@NullMarked
package ai.ubc.codec.seal;

import org.jspecify.annotations.NullMarked;
