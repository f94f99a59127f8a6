package ai.ubc.testkit.twin;

/** An open offer, immutable; taking from it makes another. */
record NaiveOffer(
    long number, int account, int resourceClass, long priceMicros, long remainingUnits) {

  NaiveOffer without(long units) {
    return new NaiveOffer(number, account, resourceClass, priceMicros, remainingUnits - units);
  }
}
