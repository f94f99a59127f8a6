package ai.ubc.api;

import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, RFC 9457 ({@code application/problem+json}).
 *
 * @param type {@code urn:ubc:problem:CODE}
 * @param title a short name of the problem, the same for every occurrence
 * @param status the HTTP status
 * @param detail what happened, to what, and what to do
 * @param instance the path that was asked for; absent when the request named none
 * @param code the stable code that programs decide by: a refusal of the ledger, or a problem of the
 *     gateway
 * @param number the refusal's permanent number; absent for problems of the gateway
 * @param seq position of the log entry that was refused; absent when nothing was logged
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    String code,
    @Nullable Integer number,
    @Nullable Long seq) {
  /** What stands before the code in {@link #type()}. */
  public static final String TYPE_PREFIX = "urn:ubc:problem:";

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";
}
