package ai.ubc.sequencer;

import ai.ubc.codec.session.Credentials;
import io.aeron.security.Authenticator;
import io.aeron.security.SessionProxy;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Opens sessions to those who prove a role, and rejects all others. The role's code becomes the
 * session's principal, stands with it in the log, and so is the same in every replay.
 */
final class SessionAuthenticator implements Authenticator {
  private final List<Credentials> known;
  private final Long2ObjectHashMap<byte[]> principals = new Long2ObjectHashMap<>();

  SessionAuthenticator(List<Credentials> known) {
    this.known = List.copyOf(known);
  }

  @Override
  public void onConnectRequest(long sessionId, byte[] encodedCredentials, long nowMs) {
    for (Credentials credentials : known) {
      if (credentials.areProvenBy(encodedCredentials)) {
        principals.put(sessionId, new byte[] {(byte) credentials.role().code()});
      }
    }
  }

  @Override
  public void onChallengeResponse(long sessionId, byte[] encodedCredentials, long nowMs) {
    // Nobody is challenged, so there is no response to expect.
  }

  @Override
  public void onConnectedSession(SessionProxy sessionProxy, long nowMs) {
    byte[] principal = principals.get(sessionProxy.sessionId());
    if (principal == null) {
      sessionProxy.reject();
    } else if (sessionProxy.authenticate(principal)) {
      principals.remove(sessionProxy.sessionId());
    }
  }

  @Override
  public void onChallengedSession(SessionProxy sessionProxy, long nowMs) {
    sessionProxy.reject();
  }
}
