package ai.ubc.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mandates of an account, newest first.
 *
 * @param mandates at most the limit that was asked for
 * @param before what to ask for next; absent on the last page
 */
public record MandatePage(List<MandateView> mandates, @Nullable Long before) {
  /** Copies the mandates. */
  public MandatePage {
    mandates = List.copyOf(mandates);
  }
}
