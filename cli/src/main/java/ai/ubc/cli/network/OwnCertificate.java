package ai.ubc.cli.network;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.gateway.http.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A certificate that nobody but its own key vouches for. Those who are to believe it are given the
 * key's fingerprint, so its name and its end do not matter; the name is for people who look at it.
 */
final class OwnCertificate {
  private static final Duration VALID = Duration.ofDays(3_650);
  private static final int SERIAL_BITS = 120;
  private static final int LINE = 64;
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  // The store lives in memory only.
  private static final char[] NO_PASSWORD = {};

  private OwnCertificate() {}

  /**
   * The certificate and key of a directory, made where they are missing.
   *
   * @param of what shows a new one, such as {@code gateway}
   * @throws IOException when they can not be written
   */
  static TlsFiles in(Path directory, String of, SecureRandom random, Instant now)
      throws IOException {
    TlsFiles files =
        new TlsFiles(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
    if (Files.exists(files.certificate()) && Files.exists(files.key())) {
      return files;
    }
    Files.createDirectories(directory);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      write(files.key(), "PRIVATE KEY", pair.getPrivate().getEncoded());
      write(files.certificate(), "CERTIFICATE", certificate(pair, of, random, now));
      return files;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no P-256", e);
    }
  }

  private static byte[] certificate(KeyPair pair, String of, SecureRandom random, Instant now)
      throws GeneralSecurityException, IOException {
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    X500Name name = new X500Name("CN=UBC " + of);
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(
        new ASN1Integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)));
    generator.setSignature(algorithm);
    generator.setIssuer(name);
    generator.setSubject(name);
    generator.setStartDate(time(now));
    generator.setEndDate(time(now.plus(VALID)));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    TBSCertificate content = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate(), random);
    signature.update(content.getEncoded(ASN1Encoding.DER));
    ASN1Encodable[] parts = {content, algorithm, new DERBitString(signature.sign())};
    return new DERSequence(parts).getEncoded(ASN1Encoding.DER);
  }

  private static Time time(Instant moment) {
    return new Time(new DERUTCTime(UTC_TIME.format(moment)));
  }

  private static void write(Path file, String kind, byte[] content) throws IOException {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n";
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text, US_ASCII);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * What a server needs to show this certificate.
   *
   * @throws IOException when the files are no certificate with its P-256 key
   */
  static SSLContext context(TlsFiles files) throws IOException {
    try (InputStream in = Files.newInputStream(files.certificate())) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      String pem = Files.readString(files.key(), US_ASCII);
      byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("own", key, NO_PASSWORD, new Certificate[] {certificate});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          files.certificate() + " is no certificate with its key: " + e.getMessage(), e);
    }
  }

  /**
   * What names the key of a certificate: the SHA-256 of its SubjectPublicKeyInfo, hexadecimal.
   *
   * @throws IOException when the file is no certificate
   */
  static String fingerprint(Path certificate) throws IOException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return Sha256.of(
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(in)
                  .getPublicKey()
                  .getEncoded())
          .hex();
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate + " is no certificate in PEM: " + e.getMessage(), e);
    }
  }
}
