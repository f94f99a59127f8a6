package ai.ubc.cli.demo;

import ai.ubc.api.AccountView;
import ai.ubc.api.JobView;
import ai.ubc.api.MandateView;
import ai.ubc.cli.text.Accounts;
import ai.ubc.cli.text.Mandates;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import ai.ubc.sdk.job.JobResult;
import java.util.Optional;

/** What an owner has, and what became of it, as its gateway shows it. */
final class Belongings {
  private final Session owner;
  private final UbcClient client;

  Belongings(Session owner) {
    this.owner = owner;
    this.client = owner.client();
  }

  /** Micro-COMPUTE, free or held by jobs. */
  long owned(long after) throws UbcException, InterruptedException {
    AccountView view = client.account(owner.account(), after).map(Read::value).orElseThrow();
    return Accounts.freeCompute(view) + view.heldMicros();
  }

  /** What a job has cost, micro-COMPUTE; 0 while nothing is settled. */
  long cost(long job, long after) throws UbcException, InterruptedException {
    JobView view = client.job(job, after).value();
    return Optional.ofNullable(view.settlement())
        .map(settled -> settled.payMicros() + settled.feeMicros() + settled.checkingMicros())
        .orElse(0L);
  }

  /** The number of a job that was bought. */
  long number(JobResult bought) {
    return bought.job().job();
  }

  /** The number of a session key's mandate. */
  long mandate(Wallet key, long after) throws UbcException, InterruptedException {
    return view(key, after).mandate();
  }

  /** When a session key's mandate ends, milliseconds of log time. */
  long expiresMs(Wallet key) throws UbcException, InterruptedException {
    return view(key, 0).expiresMs();
  }

  private MandateView view(Wallet key, long after) throws UbcException, InterruptedException {
    return Mandates.ofKey(client, owner.account(), key.addressText(), after);
  }

  /** Log time now, milliseconds. */
  long logTimeMs() throws UbcException, InterruptedException {
    return client.status().clock().logTimeMs();
  }
}
