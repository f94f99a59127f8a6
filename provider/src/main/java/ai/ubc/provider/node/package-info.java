/**
 * Provider and validator nodes. They dial out only. What a node has to do is read from the ledger
 * as state; events are only a hint to read it again. Decisions are code without threads behind
 * ports ({@link ai.ubc.provider.node.Ledger}, {@link ai.ubc.provider.node.BodyStore}, {@link
 * ai.ubc.provider.runtime.JobRuntime}, {@link ai.ubc.sdk.MonotonicClock}); {@link
 * ai.ubc.provider.node.NodeShell} has the threads.
 */
@NullMarked
package ai.ubc.provider.node;

import org.jspecify.annotations.NullMarked;
