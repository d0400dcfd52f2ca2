import io.isthmus.domain.audit.AuditVerifier;
import io.isthmus.domain.audit.AuditVerifier.Broken;
import io.isthmus.domain.audit.AuditVerifier.Intact;
import io.isthmus.domain.audit.AuditVerifier.Verdict;
import io.isthmus.domain.audit.Hash;
import io.isthmus.domain.audit.KeptSeal;
import io.isthmus.domain.audit.MerkleProof;
import io.isthmus.domain.audit.Seal;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
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
import java.util.List;
import java.util.Optional;

/**
 * Checks the audit log. {@code ./isthmus} runs it as a single source file with the domain's own
 * archive: what seals the log and what checks it share one definition of a record, a hash and a seal.
 *
 * <p>Usage: {@code VerifyAudit FILE-OR-URL KEY SEALS}; the key and the file of kept seals may be
 * empty. For a URL the environment tells {@code ISTHMUS_TOKEN}.
 */
final class VerifyAudit {

  private static final int BROKEN = 1;
  private static final int NOT_CHECKED = 2;

  private VerifyAudit() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    Optional<String> key = Optional.of(arguments[1]).filter(id -> !id.isEmpty());
    boolean live = arguments[0].startsWith("http");
    try (BufferedReader lines = live ? live(arguments[0]) : file(arguments[0]);
        BufferedReader seals = file(arguments[2].isEmpty() ? "/dev/null" : arguments[2])) {
      Verdict verdict =
          new AuditVerifier(key, KeptSeal.read(seals.lines().iterator()), live).verify(lines.lines().iterator());
      System.exit(tell(verdict, live ? Optional.of(arguments[0]) : Optional.empty(), !arguments[2].isEmpty()));
    } catch (KeptSeal.Unreadable e) {
      System.err.println("isthmus: " + arguments[2] + ": " + e.getMessage());
      System.exit(NOT_CHECKED);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("isthmus: the log cannot be read: " + e.getMessage());
      System.exit(NOT_CHECKED);
    }
  }

  private static BufferedReader file(String path) throws IOException {
    return Files.newBufferedReader(Path.of(path));
  }

  private static BufferedReader live(String api) throws IOException, InterruptedException {
    return ask(api + "/audit/export");
  }

  private static BufferedReader ask(String url) throws IOException, InterruptedException {
    HttpResponse<java.io.InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url))
                    .header("Authorization", "Bearer " + System.getenv("ISTHMUS_TOKEN"))
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      try (java.io.InputStream body = answer.body()) {
        throw new IOException(
            url + " answers " + answer.statusCode() + ": " + new String(body.readNBytes(1000), StandardCharsets.UTF_8));
      }
    }
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  /** Of a log that runs, what a seal closed whose records were dropped since is proved by hashes alone. */
  private static boolean isProved(String api, KeptSeal kept, Seal head) throws IOException, InterruptedException {
    String url = api + "/audit/seals/" + kept.number() + "/consistency?to=" + head.number();
    try (BufferedReader answer = ask(url);
        JsonReader json = Json.createReader(answer)) {
      List<Hash> path =
          json.readObject().getJsonArray("path").getValuesAs(JsonString.class).stream()
              .map(hash -> Hash.parse(hash.getString()))
              .toList();
      return MerkleProof.extendsTree(kept.size(), kept.root(), head.size(), head.root(), path);
    }
  }

  private static int tell(Verdict verdict, Optional<String> live, boolean compared)
      throws IOException, InterruptedException {
    if (verdict instanceof Intact intact) {
      System.out.println(
          "intact: " + intact.records() + " records under " + intact.seals() + " seals are as they were sealed");
      intact
          .head()
          .ifPresent(
              seal ->
                  System.out.println(
                      "        up to seal " + seal.number() + " of " + seal.at() + ", root " + seal.root() + ", by key " + seal.key()));
      return compared ? tellKept(intact, live) : 0;
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

  private static int tellKept(Intact intact, Optional<String> live) throws IOException, InterruptedException {
    long found = intact.kept();
    if (live.isPresent()) {
      for (KeptSeal kept : intact.older()) {
        if (!isProved(live.get(), kept, intact.head().orElseThrow())) {
          System.out.println(
              "broken: the log does not begin with what it was when seal " + kept.number() + " was kept, at " + kept.at()
                  + ": one of records 0 to " + (kept.size() - 1) + " was changed");
          return BROKEN;
        }
        found++;
      }
    } else if (!intact.older().isEmpty()) {
      System.out.println(
          "        " + intact.older().size() + " kept seals are of records that were dropped before this export begins; --live compares them");
    }
    if (intact.newer() > 0) {
      System.out.println("        " + intact.newer() + " kept seals are newer than this export");
    }
    if (found == 0) {
      System.err.println("isthmus: no kept seal could be compared");
      return NOT_CHECKED;
    }
    System.out.println("        it begins with all that " + found + " kept seal" + (found == 1 ? "" : "s") + " close");
    return 0;
  }
}
