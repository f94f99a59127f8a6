package ai.ubc.engine.admission;

import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Refusal;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.flat.SlabHeap;
import ai.ubc.engine.flat.SlabIndex;
import ai.ubc.engine.flat.SlabList;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.mandate.Mandates;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * Decides which command may run, and remembers those that did until they expire, so that a repeated
 * command gets its first answer: rules ADM.
 */
public final class Admission {
  /** Most commands that one entry forgets. */
  public static final int FORGOTTEN_PER_ENTRY_MAX = 64;

  private static final int NOT_AFTER = 0;
  private static final int SEQ = 1;
  private static final int SIGNER = 2;
  private static final int NONCE = 5;
  private static final int HASH = 6;
  private static final int CODE = 10;
  private static final int STORED_WORDS = 11;
  private static final int PLACE = 11;
  private static final int PREVIOUS = 12;
  private static final int NEXT = 13;
  private static final int WORDS = 14;

  private static final int KEY = 0;
  private static final int PENDING = 3;
  private static final int SIGNER_WORDS = 4;

  private final GenesisParameters parameters;
  private final Accounts accounts;
  private final Mandates mandates;
  private final Slab remembered;
  private final SlabIndex byNonce;
  private final SlabHeap byExpiry;
  private final SlabList inOrder;
  private final Slab signers;
  private final SlabIndex bySigner;

  // The admitted command of the current entry.
  private boolean isAdmitted;
  private int mandate;
  private boolean isNextOwner;
  private long signer0;
  private long signer1;
  private int signer2;
  private long nonce;
  private long notAfterMs;
  private long hash0;
  private long hash1;
  private long hash2;
  private long hash3;
  private long originalSeq;

  /** Remembers nothing, at most {@code rememberedMax} commands later. */
  public Admission(
      GenesisParameters parameters,
      Accounts accounts,
      Mandates mandates,
      int rememberedMax,
      long indexSeed) {
    this.parameters = parameters;
    this.accounts = accounts;
    this.mandates = mandates;
    remembered = new Slab(WORDS, rememberedMax);
    byNonce = new SlabIndex(remembered, SIGNER, 4, indexSeed);
    byExpiry = new SlabHeap(remembered, NOT_AFTER, PLACE);
    inOrder = new SlabList(remembered, PREVIOUS, NEXT);
    signers = new Slab(SIGNER_WORDS, rememberedMax);
    bySigner = new SlabIndex(signers, KEY, 3, indexSeed);
  }

  /** ADM-001: starts an entry. */
  public void begin(long nowMs) {
    isAdmitted = false;
    originalSeq = 0;
    for (int forgotten = 0; forgotten < FORGOTTEN_PER_ENTRY_MAX; forgotten++) {
      int command = byExpiry.first();
      if (command == Slab.NONE || remembered.get(command, NOT_AFTER) >= nowMs) {
        break;
      }
      forget(command);
    }
  }

  /** ADM-002 to ADM-005 and ADM-007; see {@link ai.ubc.domain.StateMachine#admit}. */
  public int admit(
      long nowMs,
      long key0,
      long key1,
      int key2,
      int account,
      long commandNonce,
      long commandNotAfterMs,
      long commandHash0,
      long commandHash1,
      long commandHash2,
      long commandHash3) {
    if (commandNotAfterMs < nowMs) {
      return Refusal.EXPIRED.number();
    }
    if (commandNotAfterMs - nowMs > parameters.notAfterMaxMs()) {
      return Refusal.NOT_AFTER_TOO_FAR.number();
    }
    if (account != 0 && !accounts.exists(account)) {
      return Refusal.UNKNOWN_ACCOUNT.number();
    }
    boolean isOwner = account == 0 || accounts.isOwnedBy(account, key0, key1, key2);
    // Zero in the account's record names nobody.
    isNextOwner =
        !isOwner && (key0 | key1 | key2) != 0 && accounts.isNextOwner(account, key0, key1, key2);
    // A key is never named and under a mandate of the same account: ACC-003, MAN-002.
    mandate = isOwner ? Slab.NONE : mandates.find(account, key0, key1, key2);
    if (!isOwner && !isNextOwner && mandate == Slab.NONE) {
      return Refusal.NOT_OWNER.number();
    }
    int first = byNonce.find(key0, key1, key2, commandNonce);
    if (first != Slab.NONE) {
      boolean isSame =
          remembered.isHash(first, HASH, commandHash0, commandHash1, commandHash2, commandHash3);
      originalSeq = isSame ? remembered.get(first, SEQ) : 0;
      return isSame ? remembered.getInt(first, CODE) : Refusal.NONCE_REUSED.number();
    }
    int end = mandate == Slab.NONE ? Refusal.DONE : mandates.endOf(mandate, nowMs);
    if (end != Refusal.DONE) {
      return end;
    }
    if (pendingOf(key0, key1, key2) >= parameters.pendingPerSignerMax() || remembered.isFull()) {
      return Refusal.TOO_MANY_PENDING.number();
    }
    isAdmitted = true;
    signer0 = key0;
    signer1 = key1;
    signer2 = key2;
    nonce = commandNonce;
    notAfterMs = commandNotAfterMs;
    hash0 = commandHash0;
    hash1 = commandHash1;
    hash2 = commandHash2;
    hash3 = commandHash3;
    return Refusal.DONE;
  }

  /** ADM-006: ends the entry at {@code seq} with its code. */
  public void end(long seq, int code) {
    if (isAdmitted) {
      isAdmitted = false;
      int command = remembered.take();
      remembered.set(command, NOT_AFTER, notAfterMs);
      remembered.set(command, SEQ, seq);
      remembered.set(command, SIGNER, signer0);
      remembered.set(command, SIGNER + 1, signer1);
      remembered.set(command, SIGNER + 2, signer2);
      remembered.set(command, NONCE, nonce);
      remembered.setHash(command, HASH, hash0, hash1, hash2, hash3);
      remembered.set(command, CODE, code);
      remember(command);
    }
  }

  /** Whether the current entry's command was admitted. */
  public boolean isAdmitted() {
    return isAdmitted;
  }

  /** Position of the first answer when the current entry repeats a command; else 0. */
  public long originalSeq() {
    return originalSeq;
  }

  /** First word of the admitted command's signer. */
  public long signer0() {
    return signer0;
  }

  /** Second word of the admitted command's signer. */
  public long signer1() {
    return signer1;
  }

  /** Third word of the admitted command's signer. */
  public int signer2() {
    return signer2;
  }

  /** Whether the admitted command's signer is the account's next owner, not its owner yet. */
  public boolean isNextOwner() {
    return isNextOwner;
  }

  /** The mandate by which the admitted command's signer acts; {@link Slab#NONE} for the owner. */
  public int mandate() {
    return mandate;
  }

  /** Number of remembered commands. */
  public int count() {
    return remembered.size();
  }

  /** Writes the remembered commands in the order in which they ran. */
  public void snapshotTo(SnapshotSink sink) {
    sink.putInt(inOrder.size());
    for (int command = inOrder.first(); command != Slab.NONE; command = inOrder.next(command)) {
      for (int field = 0; field < STORED_WORDS; field++) {
        sink.putLong(remembered.get(command, field));
      }
    }
  }

  /** Reads back what {@link #snapshotTo} wrote, where nothing is remembered yet. */
  public void restoreFrom(SnapshotSource source) {
    int count = source.getInt();
    for (int i = 0; i < count; i++) {
      int command = remembered.take();
      for (int field = 0; field < STORED_WORDS; field++) {
        remembered.set(command, field, source.getLong());
      }
      remember(command);
    }
  }

  private void remember(int command) {
    byNonce.add(command);
    byExpiry.add(command);
    inOrder.append(command);
    int signer = findSigner(command);
    if (signer == Slab.NONE) {
      signer = signers.take();
      for (int word = 0; word < 3; word++) {
        signers.set(signer, KEY + word, remembered.get(command, SIGNER + word));
      }
      bySigner.add(signer);
    }
    signers.add(signer, PENDING, 1);
  }

  private void forget(int command) {
    int signer = findSigner(command);
    signers.add(signer, PENDING, -1);
    if (signers.get(signer, PENDING) == 0) {
      bySigner.remove(signer);
      signers.release(signer);
    }
    byNonce.remove(command);
    byExpiry.remove(command);
    inOrder.remove(command);
    remembered.release(command);
  }

  private int findSigner(int command) {
    return bySigner.find(
        remembered.get(command, SIGNER),
        remembered.get(command, SIGNER + 1),
        remembered.get(command, SIGNER + 2));
  }

  private long pendingOf(long key0, long key1, int key2) {
    return signers.get(bySigner.find(key0, key1, key2), PENDING);
  }
}
