package ai.ubc.api;

import org.jspecify.annotations.Nullable;

/**
 * What a job would cost if it were submitted now: the ledger's own arithmetic on the open book. It
 * reserves nothing.
 *
 * @param resourceClass {@code wasi}
 * @param check {@code none} or {@code quorum}
 * @param validators validators to draw; 0 for {@code none}
 * @param units units that are bought: what was asked for, or the most that the budget surely pays
 *     for
 * @param order the offer that would be taken
 * @param provider the account behind it
 * @param unitPriceMicros price of 1,000,000 units, micro-COMPUTE
 * @param priceMicros P, the price held
 * @param feeMicros fee on P
 * @param checkingMicros V, the validators' reward
 * @param mostPayableMicros P + fee + V, the most that can be spent; what {@code maxCostMicros}
 *     bounds
 * @param depositMicros held on top and returned
 * @param heldMicros what must be free at submission: most payable + deposit
 * @param providerBondMicros S, what the provider puts up
 * @param validatorsEligible validators that could be drawn now
 * @param budgetMicros the budget asked with; absent when units were asked for without one
 */
public record Quote(
    String resourceClass,
    String check,
    int validators,
    long units,
    long order,
    int provider,
    long unitPriceMicros,
    long priceMicros,
    long feeMicros,
    long checkingMicros,
    long mostPayableMicros,
    long depositMicros,
    long heldMicros,
    long providerBondMicros,
    int validatorsEligible,
    @Nullable Long budgetMicros) {}
