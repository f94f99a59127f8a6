package ai.ubc.link;

import ai.ubc.codec.session.SessionMessages;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Entries without an answer, in the order in which they came, and which of them are still to be
 * sent in this session. One thread; no clock of its own.
 */
final class InFlight {
  /** An entry on its way. */
  static final class Submission {
    private final UnsafeBuffer message;
    private final CompletableFuture<Ack> answer;
    private final long deadlineNs;
    private long correlationId;
    private boolean sent;
    private boolean answered;

    Submission(byte[] entry, CompletableFuture<Ack> answer, long deadlineNs) {
      message = new UnsafeBuffer(new byte[SessionMessages.SUBMIT_HEADER_BYTES + entry.length]);
      message.putBytes(SessionMessages.SUBMIT_HEADER_BYTES, entry);
      this.answer = answer;
      this.deadlineNs = deadlineNs;
    }

    /** The whole submission, as it is offered. */
    UnsafeBuffer message() {
      return message;
    }

    CompletableFuture<Ack> answer() {
      return answer;
    }

    /** Whether it was ever sent, so that it may have been ordered. */
    boolean wasSent() {
      return sent;
    }
  }

  private final Long2ObjectHashMap<Submission> unanswered = new Long2ObjectHashMap<>();
  private final Deque<Submission> byAge = new ArrayDeque<>();
  private final Deque<Submission> unsent = new ArrayDeque<>();
  private long lastCorrelationId;

  /** Takes over a submission; it is to be sent. */
  void add(Submission submission) {
    submission.correlationId = ++lastCorrelationId;
    SessionMessages.putSubmitHeader(submission.message, 0, submission.correlationId);
    unanswered.put(submission.correlationId, submission);
    byAge.add(submission);
    unsent.add(submission);
  }

  /** The next to send in this session, or null. */
  @Nullable Submission nextUnsent() {
    Submission next = unsent.peek();
    while (next != null && next.answered) {
      unsent.remove();
      next = unsent.peek();
    }
    return next;
  }

  /** The next was sent. */
  void sent() {
    unsent.remove().sent = true;
  }

  /** A new session or leader: what has no answer is to be sent again, in the old order. */
  void resendAll() {
    unsent.clear();
    for (Submission submission : byAge) {
      if (!submission.answered) {
        unsent.add(submission);
      }
    }
  }

  /** Takes out the submission that is answered, or null when it is not waited for any more. */
  @Nullable Submission answered(long correlationId) {
    Submission submission = unanswered.remove(correlationId);
    if (submission != null) {
      submission.answered = true;
    }
    return submission;
  }

  /** Takes out the oldest submission whose time is over, or null. */
  @Nullable Submission nextExpired(long nowNs) {
    Submission oldest = byAge.peek();
    while (oldest != null && oldest.answered) {
      byAge.remove();
      oldest = byAge.peek();
    }
    return oldest != null && nowNs - oldest.deadlineNs >= 0 ? answered(oldest.correlationId) : null;
  }

  /** Takes out any submission, or null when there is none left. */
  @Nullable Submission next() {
    Submission oldest = byAge.poll();
    while (oldest != null && oldest.answered) {
      oldest = byAge.poll();
    }
    return oldest == null ? null : answered(oldest.correlationId);
  }
}
