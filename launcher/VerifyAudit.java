import io.isthmus.domain.audit.AuditVerifier;
import io.isthmus.domain.audit.AuditVerifier.Broken;
import io.isthmus.domain.audit.AuditVerifier.Intact;
import io.isthmus.domain.audit.AuditVerifier.Verdict;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks the audit log. {@code ./isthmus} runs it as a single source file with the domain's own
 * archive: what seals the log and what checks it share one definition of a record, a hash and a seal.
 *
 * <p>Usage: {@code VerifyAudit FILE-OR-URL KEY}; the key may be empty. For a URL the environment
 * tells {@code ISTHMUS_TOKEN}.
 */
final class VerifyAudit {

  private static final int BROKEN = 1;
  private static final int NOT_CHECKED = 2;

  private VerifyAudit() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    Optional<String> key = Optional.of(arguments[1]).filter(id -> !id.isEmpty());
    try (BufferedReader lines = arguments[0].startsWith("http") ? live(arguments[0]) : file(arguments[0])) {
      System.exit(tell(new AuditVerifier(key).verify(lines.lines().iterator())));
    } catch (IOException | UncheckedIOException e) {
      System.err.println("isthmus: the log cannot be read: " + e.getMessage());
      System.exit(NOT_CHECKED);
    }
  }

  private static BufferedReader file(String path) throws IOException {
    return Files.newBufferedReader(Path.of(path));
  }

  private static BufferedReader live(String api) throws IOException, InterruptedException {
    HttpResponse<java.io.InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(api + "/audit/export"))
                    .header("Authorization", "Bearer " + System.getenv("ISTHMUS_TOKEN"))
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      try (java.io.InputStream body = answer.body()) {
        throw new IOException(
            api + " answers " + answer.statusCode() + ": " + new String(body.readNBytes(1000), StandardCharsets.UTF_8));
      }
    }
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static int tell(Verdict verdict) {
    if (verdict instanceof Intact intact) {
      System.out.println(
          "intact: " + intact.records() + " records under " + intact.seals() + " seals are as they were sealed");
      intact
          .head()
          .ifPresent(
              seal ->
                  System.out.println(
                      "        up to seal " + seal.number() + " of " + seal.at() + ", root " + seal.root() + ", by key " + seal.key()));
      return 0;
    }
    Broken broken = (Broken) verdict;
    System.out.println(
        "broken: "
            + broken.position().map(position -> "record " + position + ": ").orElse("")
            + broken.what()
            + " (line "
            + broken.line()
            + ")");
    return BROKEN;
  }
}
