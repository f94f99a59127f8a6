package ai.ubc.testkit.scenario;

import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import java.nio.charset.StandardCharsets;

/** The hashes that honest parties compute (NUM-004, JOB-011, JOB-012, VER-001, VER-012). */
final class Hashes {
  private final Keccak keccak;
  private final Hash32 genesisHash;

  Hashes(Keccak keccak, Hash32 genesisHash) {
    this.keccak = keccak;
    this.genesisHash = genesisHash;
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    keccak.putBytes(bytes, 0, bytes.length);
  }

  private void hash(Hash32 hash) {
    keccak.putHash(hash.word0(), hash.word1(), hash.word2(), hash.word3());
  }

  private Hash32 end() {
    keccak.end();
    return keccak.digest();
  }

  Hash32 of(Hash32 preimage) {
    keccak.begin();
    hash(preimage);
    return end();
  }

  Hash32 of(String text) {
    keccak.begin();
    text(text);
    return end();
  }

  Hash32 saltedResult(long job, Hash32 root, long units, Hash32 salt) {
    keccak.begin();
    text("UBC.rslt");
    hash(genesisHash);
    keccak.putLong(job);
    hash(root);
    keccak.putLong(units);
    hash(salt);
    return end();
  }

  Hash32 seal(
      long job, int round, int validator, int verdict, Hash32 root, long units, Hash32 salt) {
    keccak.begin();
    text("UBC.vote");
    hash(root);
    keccak.putLong(units);
    Hash32 digest = end();
    keccak.begin();
    text("UBC.seal");
    hash(genesisHash);
    keccak.putLong(job).putByte(round).putInt(0).putInt(validator).putByte(verdict);
    hash(digest);
    hash(salt);
    return end();
  }
}
