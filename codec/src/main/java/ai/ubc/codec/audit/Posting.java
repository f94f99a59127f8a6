package ai.ubc.codec.audit;

import ai.ubc.codec.audit.Books.Holder;
import ai.ubc.domain.Cause;
import ai.ubc.domain.HolderKind;
import org.jspecify.annotations.Nullable;

/** One movement of money, as posted. */
record Posting(int asset, long amountMicros, Holder from, Holder to, Cause cause, long job) {

  /** Reads the codes; null when one is unknown. */
  static @Nullable Posting of(
      int asset,
      long amountMicros,
      int fromKind,
      long fromId,
      int toKind,
      long toId,
      int cause,
      long job) {
    try {
      return new Posting(
          asset,
          amountMicros,
          new Holder(HolderKind.of(fromKind), fromId, asset),
          new Holder(HolderKind.of(toKind), toId, asset),
          Cause.of(cause),
          job);
    } catch (IllegalArgumentException unknownCode) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "%d of asset %d, %s %d -> %s %d, %s, job %d"
        .formatted(amountMicros, asset, from.kind(), from.id(), to.kind(), to.id(), cause, job);
  }
}
