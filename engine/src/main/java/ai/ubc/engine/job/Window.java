package ai.ubc.engine.job;

import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.rules.JobWindows;

/** How long a job may stay in the state that a transition leads to. */
enum Window {
  /** How long the requester lets the job wait for an offer. */
  WAIT,
  /** What the requester gave the provider. */
  RUN,
  /** The requester's time to reveal its secret. */
  SECRET,
  /** The beacon's time to open a slot. */
  BEACON,
  /** The validators' time to seal. */
  SEAL,
  /** The time to open what was sealed or committed. */
  OPEN,
  /** The time in which a result can be disputed. */
  DISPUTE,
  /** For ever. */
  NONE;

  /** The deadline of a job that enters its state now; 0 for none. Log time, milliseconds. */
  long deadlineMs(
      GenesisParameters parameters, long nowMs, long waitMs, long runWindowMs, long unitsMax) {
    return switch (this) {
      case WAIT -> nowMs + waitMs;
      case RUN -> nowMs + runWindowMs;
      case SECRET -> nowMs + parameters.secretWindowMs();
      case BEACON -> nowMs + parameters.beaconWindowMs();
      case SEAL -> nowMs + JobWindows.sealWindowMs(parameters, unitsMax);
      case OPEN -> nowMs + parameters.openWindowMs();
      case DISPUTE -> nowMs + parameters.disputeWindowMs();
      case NONE -> 0;
    };
  }
}
