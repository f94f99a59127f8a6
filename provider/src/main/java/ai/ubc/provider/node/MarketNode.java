package ai.ubc.provider.node;

import java.util.concurrent.CompletableFuture;

/** A provider or validator that works until it is closed. From any thread. */
public sealed interface MarketNode extends AutoCloseable permits ProviderNode, ValidatorNode {
  /** Completes with the node's account once it takes part; fails when that will never be. */
  CompletableFuture<Integer> ready();

  /**
   * Has a node that is ready take nothing new: its offers go off the book, and what it has begun it
   * ends. It goes on working for that until it is closed.
   *
   * @return completes once nothing is left to do; fails when the node ends before
   */
  CompletableFuture<Unfinished> leave();

  /** Whether it has seen the ledger lately, so that it hears of its duties in time. */
  boolean isInTouch();

  /** What there was to do when it last looked; an offer counts until it is seen to be gone. */
  Unfinished unfinished();

  /** Stops the node and what it does; what was committed to is opened after the next start. */
  @Override
  void close();
}
