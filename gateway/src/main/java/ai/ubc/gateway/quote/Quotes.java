package ai.ubc.gateway.quote;

import ai.ubc.domain.AmountText;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.domain.rules.JobWindows;
import ai.ubc.gateway.problem.RequestFailure;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds the offer that the ledger would take for a job, and what the job would cost there: the
 * ledger's rules JOB-001 to JOB-004 on a copy of the book. Pure; from any thread.
 */
final class Quotes {
  private final GenesisParameters parameters;

  Quotes(GenesisParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * An open offer that could be taken.
   *
   * @param order its number
   * @param provider who offers
   * @param priceMicros price of 1,000,000 units
   * @param remainingUnits units that are left
   * @param bondMicros the provider's free bond
   */
  record Candidate(
      long order, int provider, long priceMicros, long remainingUnits, long bondMicros) {}

  /**
   * What is asked for; units, a budget, or both.
   *
   * @param tier how much is checked
   * @param validators validators to draw
   * @param units units to buy
   * @param budgetMicros the most that price, fee and checking may cost together
   * @param account who asks; neither its offers nor its vote count
   */
  record Ask(
      Tier tier,
      int validators,
      OptionalLong units,
      OptionalLong budgetMicros,
      OptionalInt account) {}

  /**
   * What would be taken.
   *
   * @param candidate the offer
   * @param units units that are bought
   * @param eligible validators that could be drawn
   */
  record Found(Candidate candidate, long units, int eligible) {}

  /**
   * Finds what would be taken.
   *
   * @param book in the order in which offers are taken
   * @param validatorBonds free validator bonds by account
   * @throws RequestFailure with the refusal that the ledger would answer
   */
  Found find(Ask ask, List<Candidate> book, Map<Integer, Long> validatorBonds) {
    check(ask);
    List<Candidate> others =
        book.stream()
            .filter(c -> ask.account().isEmpty() || c.provider() != ask.account().getAsInt())
            .toList();
    Found found = ask.units().isPresent() ? withUnits(ask, others) : withBudget(ask, others);
    int eligible = eligible(ask, found, validatorBonds);
    if (eligible < ask.validators()) {
      throw RequestFailure.refused(
          Refusal.NO_VALIDATORS,
          eligible
              + " bonded validators could be drawn for this job, "
              + ask.validators()
              + " are asked for. Ask for fewer or wait.");
    }
    return new Found(found.candidate(), found.units(), eligible);
  }

  private void check(Ask ask) {
    boolean fits =
        switch (ask.tier()) {
          case NONE -> ask.validators() == 0;
          case QUORUM ->
              ask.validators() >= parameters.validatorsMin()
                  && ask.validators() <= parameters.validatorsMax();
        };
    if (!fits) {
      throw RequestFailure.refused(
          Refusal.INVALID_VALIDATORS,
          "Tier none draws no validators, quorum "
              + parameters.validatorsMin()
              + " to "
              + parameters.validatorsMax()
              + ".");
    }
    long units = ask.units().orElse(1);
    if (units < 1 || units > parameters.unitsMax()) {
      throw RequestFailure.refused(
          Refusal.INVALID_QUANTITY, "A job has 1 to " + parameters.unitsMax() + " units.");
    }
    if (units > JobWindows.unitsMax(parameters)) {
      throw RequestFailure.refused(
          Refusal.INVALID_WINDOW,
          "The longest run window carries " + JobWindows.unitsMax(parameters) + " units.");
    }
    if (ask.budgetMicros().orElse(1) < 1) {
      throw RequestFailure.refused(Refusal.INVALID_AMOUNT, "A budget is positive.");
    }
  }

  // JOB-002, then JOB-003: the first offer that carries the units is taken, and what it costs is
  // compared with the budget afterwards.
  private Found withUnits(Ask ask, List<Candidate> book) {
    long units = ask.units().getAsLong();
    for (Candidate candidate : book) {
      if (candidate.remainingUnits() >= units && carries(ask, candidate, units)) {
        long most = mostPayable(ask, candidate, units);
        if (most > ask.budgetMicros().orElse(Long.MAX_VALUE)) {
          throw RequestFailure.refused(
              Refusal.COST_LIMIT,
              units
                  + " units cost up to "
                  + AmountText.compute(most)
                  + " with fee and checking, more than the budget of "
                  + AmountText.compute(ask.budgetMicros().getAsLong())
                  + ". Raise the budget or ask for fewer units.");
        }
        return new Found(candidate, units, 0);
      }
    }
    throw RequestFailure.refused(Refusal.NO_OFFER, Refusal.NO_OFFER.advice());
  }

  // The offer that sells the most units within the budget, the first of equals. The ledger, asked
  // for that many at that price, takes the same: an earlier offer that carried them would have won
  // here.
  private Found withBudget(Ask ask, List<Candidate> book) {
    Found best = null;
    boolean tooDear = false;
    for (Candidate candidate : book) {
      long affordable =
          JobAmounts.unitsWithin(
              parameters,
              ask.budgetMicros().getAsLong(),
              candidate.priceMicros(),
              ask.validators());
      tooDear |= affordable == 0;
      long units = carried(ask, candidate, Math.min(affordable, candidate.remainingUnits()));
      if (units > 0 && (best == null || units > best.units())) {
        best = new Found(candidate, units, 0);
      }
    }
    if (best != null) {
      return best;
    }
    throw tooDear
        ? RequestFailure.refused(
            Refusal.COST_LIMIT,
            "The budget of "
                + AmountText.compute(ask.budgetMicros().getAsLong())
                + " does not cover the least price with fee and checking. Raise it.")
        : RequestFailure.refused(Refusal.NO_OFFER, Refusal.NO_OFFER.advice());
  }

  // The most units, up to a limit, that the provider's bond carries: S grows with the units.
  private long carried(Ask ask, Candidate candidate, long limit) {
    long low = 0;
    long high = limit;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (carries(ask, candidate, middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private boolean carries(Ask ask, Candidate candidate, long units) {
    return JobAmounts.providerBondRoundedUp(
            parameters, ask.tier(), priceHeld(candidate, units), ask.validators())
        <= candidate.bondMicros();
  }

  private long priceHeld(Candidate candidate, long units) {
    return JobAmounts.priceHeldRoundedUp(parameters, units, candidate.priceMicros());
  }

  private long mostPayable(Ask ask, Candidate candidate, long units) {
    return JobAmounts.mostPayable(parameters, priceHeld(candidate, units), ask.validators());
  }

  private int eligible(Ask ask, Found found, Map<Integer, Long> validatorBonds) {
    long duty =
        JobAmounts.dutyBondRoundedUp(parameters, priceHeld(found.candidate(), found.units()));
    return (int)
        validatorBonds.entrySet().stream()
            .filter(bond -> bond.getValue() >= Math.max(parameters.bondMinMicros(), duty))
            .filter(bond -> bond.getKey() != found.candidate().provider())
            .filter(bond -> ask.account().isEmpty() || bond.getKey() != ask.account().getAsInt())
            .count();
  }
}
