package ai.ubc.sdk.job;

import ai.ubc.sdk.UbcException;
import java.util.OptionalLong;

/** The name under which a job is submitted is that of another order. Nothing was bought. */
public final class KeyInUse extends UbcException {
  private static final long serialVersionUID = 1;

  /** For the name, and the job that it names if that is known. */
  public KeyInUse(String key, OptionalLong job) {
    super(
        "\""
            + key
            + "\" names another order"
            + (job.isPresent() ? ", job " + job.getAsLong() : "")
            + ": its program, input, check or price limit differ. Choose another name, or repeat the"
            + " order as it was. Nothing was bought",
        null);
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
