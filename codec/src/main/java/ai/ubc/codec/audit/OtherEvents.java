package ai.ubc.codec.audit;

import ai.ubc.domain.EventSink;

/** The events that move no money; they are only seen. */
abstract class OtherEvents implements EventSink {
  /** Told of each of these events. */
  abstract void seen();

  @Override
  public void offerPlaced(
      long order, int account, int resourceClass, long priceMicros, long quantityUnits) {
    seen();
  }

  @Override
  public void offerTaken(long order, long lease, long units, long remainingUnits) {
    seen();
  }

  @Override
  public void offerCancelled(long order, long remainingUnits) {
    seen();
  }

  @Override
  public void leaseOpened(
      long lease,
      long order,
      int provider,
      int requester,
      int resourceClass,
      long priceMicros,
      long units) {
    seen();
  }

  @Override
  public void jobStateChanged(long job, int from, int to, long deadlineMs) {
    seen();
  }

  @Override
  public void resultCommitted(
      long job,
      long saltedResult0,
      long saltedResult1,
      long saltedResult2,
      long saltedResult3,
      long itemsRoot0,
      long itemsRoot1,
      long itemsRoot2,
      long itemsRoot3) {
    seen();
  }

  @Override
  public void secretRevealed(long job, long secret0, long secret1, long secret2, long secret3) {
    seen();
  }

  @Override
  public void beaconOpened(
      long slot,
      long preimage0,
      long preimage1,
      long preimage2,
      long preimage3,
      long head0,
      long head1,
      long head2,
      long head3) {
    seen();
  }

  @Override
  public void drawMade(
      long job,
      int round,
      int secretKnown,
      long seed0,
      long seed1,
      long seed2,
      long seed3,
      long pool0,
      long pool1,
      long pool2,
      long pool3) {
    seen();
  }

  @Override
  public void verdictSealed(
      long job, int round, int validator, long seal0, long seal1, long seal2, long seal3) {
    seen();
  }

  @Override
  public void resultOpened(
      long job,
      long resultRoot0,
      long resultRoot1,
      long resultRoot2,
      long resultRoot3,
      long units,
      long salt0,
      long salt1,
      long salt2,
      long salt3,
      long body0,
      long body1,
      long body2,
      long body3) {
    seen();
  }

  @Override
  public void verdictOpened(
      long job,
      int round,
      int validator,
      int verdict,
      long resultRoot0,
      long resultRoot1,
      long resultRoot2,
      long resultRoot3,
      long units) {
    seen();
  }

  @Override
  public void outageRecorded(long durationMs) {
    seen();
  }
}
