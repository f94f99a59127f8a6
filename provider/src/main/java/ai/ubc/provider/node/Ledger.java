package ai.ubc.provider.node;

import ai.ubc.domain.Command;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Role;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcException;
import java.util.List;

/**
 * The ledger, as the account of a node sees it. Reads with {@code after} are at or behind that
 * entry of the log. From any thread; calls block, with time-outs.
 */
public interface Ledger {
  /** The node's account. */
  int account();

  /** The address that owns the account, for people. */
  String owner();

  /** Hash of the network's genesis. */
  Hash32 genesisHash();

  /** The network's numbers. */
  GenesisParameters parameters();

  /** An estimate of log time now, milliseconds. */
  long logTimeMs();

  /** What is waited for from the node. */
  Agenda agenda(long after) throws UbcException, InterruptedException;

  /** What the node owns. */
  Purse purse(Role role, long after) throws UbcException, InterruptedException;

  /** The node's open offers, and up to which entry of the log. */
  Read<List<Offer>> offers(long after) throws UbcException, InterruptedException;

  /** Whether nothing can be waited for in a job any more. */
  boolean isOver(long job) throws UbcException, InterruptedException;

  /**
   * Gives a command; a lost answer is asked for again, and nothing runs twice.
   *
   * @return position of its entry in the log
   * @throws LedgerRefused when the ledger refuses it
   */
  long give(Command command) throws UbcException, InterruptedException;

  /**
   * What an account owns, micro-COMPUTE.
   *
   * @param freeMicros free balance
   * @param bondMicros bond in the role, with what jobs and duties reserve
   */
  record Purse(long freeMicros, long bondMicros) {}

  /**
   * An open offer of the node.
   *
   * @param order its number
   * @param priceMicros price of 1,000,000 units, micro-COMPUTE
   * @param remainingUnits units left
   */
  record Offer(long order, long priceMicros, long remainingUnits) {}
}
