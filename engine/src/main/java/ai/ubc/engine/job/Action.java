package ai.ubc.engine.job;

/** What a transition does besides changing the state. */
enum Action {
  /** Nothing. */
  NOTHING("") {
    @Override
    void run(JobActions actions, int job) {}
  },
  /** Returns what was held for a job that waited. */
  RETURN_ORDER("return what was held") {
    @Override
    void run(JobActions actions, int job) {
      actions.returnOrder(job);
    }
  },
  /** Names the provider as the price's beneficiary. */
  ASSIGN_PRICE("price goes to provider") {
    @Override
    void run(JobActions actions, int job) {
      actions.assignPrice(job);
    }
  },
  /** Draws the validators of a round. */
  DRAW("draw, lock duty bonds") {
    @Override
    void run(JobActions actions, int job) {
      actions.draw(job);
    }
  },
  /** Returns the duty bonds of those who did not seal. */
  RETURN_MISSING("return duty bonds of missing") {
    @Override
    void run(JobActions actions, int job) {
      actions.returnMissing(job);
    }
  },
  /** Returns all duty bonds and counts the round up. */
  NEXT_ROUND("return duty bonds, next round") {
    @Override
    void run(JobActions actions, int job) {
      actions.nextRound(job);
    }
  },
  /** Returns all duty bonds. */
  RETURN_ALL("return duty bonds") {
    @Override
    void run(JobActions actions, int job) {
      actions.returnAll(job);
    }
  },
  /** Announces the judgement, settles the duties, pays. */
  PAY("judge, pay") {
    @Override
    void run(JobActions actions, int job) {
      actions.pay(job);
    }
  },
  /** Announces the judgement, settles the duties. */
  HOLD("judge") {
    @Override
    void run(JobActions actions, int job) {
      actions.hold(job);
    }
  },
  /** Announces the judgement, settles the duties, returns the money and forfeits the bond. */
  SLASH("judge, refund, slash bond") {
    @Override
    void run(JobActions actions, int job) {
      actions.slash(job);
    }
  },
  /** Returns the provider's bond. */
  RELEASE("return bond") {
    @Override
    void run(JobActions actions, int job) {
      actions.release(job);
    }
  },
  /** Pays and returns the provider's bond. */
  PAY_AND_RELEASE("pay, return bond") {
    @Override
    void run(JobActions actions, int job) {
      actions.payAndRelease(job);
    }
  };

  private final String label;

  Action(String label) {
    this.label = label;
  }

  /** A few words for the diagram; empty for none. */
  String label() {
    return label;
  }

  abstract void run(JobActions actions, int job);
}
