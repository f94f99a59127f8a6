package ai.ubc.codec.evidence;

/** The links of a receipt, in the order in which they are checked and shown. */
public enum EvidenceLink {
  /** The file is a receipt, in its one form, and holds nothing beside. */
  FILE("file"),
  /** The network is the one that the reader trusts. */
  ISSUER("issuer"),
  /** The records stand in the log whose root the notary signed. */
  LOG("log"),
  /** The commands were given by the keys that they name. */
  SIGNATURES("signatures"),
  /** The keys own the accounts that they acted for, or have mandates of them. */
  PARTIES("parties"),
  /** What a session key was allowed to do, and that the job fits it. */
  MANDATE("mandate"),
  /** What the provider had offered. */
  OFFER("offer"),
  /** What the requester asked for, and the lease that it got. */
  ORDER("order"),
  /** What was locked for the job. */
  ESCROW("escrow"),
  /** The program is the one that was ordered. */
  PROGRAM("program"),
  /** The input is the one that was ordered. */
  INPUT("input"),
  /** The provider bound itself to its result. */
  COMMIT("commit"),
  /** Secret, beacon and seed: who was drawn to check. */
  DRAW("draw"),
  /** Who else could have been drawn. */
  POOL("pool"),
  /** The verdicts were sealed before the result was opened to the validators. */
  SEALS("seals"),
  /** What the provider opened is what it had committed to. */
  RESULT("result"),
  /** The result's body has the content that was opened. */
  BODY("body"),
  /** The verdicts fit their seals, and the judgement follows from them. */
  VERDICTS("verdicts"),
  /** The money went where the rules say. */
  SETTLEMENT("settlement"),
  /** The job has ended and nothing is left locked. */
  END("end"),
  /** The job was run again by whoever verifies. */
  RERUN("re-run");

  private final String label;

  EvidenceLink(String label) {
    this.label = label;
  }

  /** The link's name for people and programs; permanent. */
  public String label() {
    return label;
  }
}
