package io.isthmus.identity;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tries whether a realm accepts a name with a password: by a token request, and where the realm
 * does not take those, at its sign-in page, as a browser would.
 *
 * @see "Keycloak: org.keycloak.protocol.oidc.grants.ResourceOwnerPasswordCredentialsGrantType for
 *     the answers to a token request, themes/base/login/login.ftl for the form"
 */
final class SignInTrial {

  /** What a trial found out. */
  enum Outcome {
    ACCEPTED,
    REFUSED,
    /** The realm takes no passwords from us, or its page is none that we know. */
    UNKNOWN
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A realm with organizations asks for the name first and then for the password. */
  private static final int PAGES = 3;

  private static final Pattern FORM = Pattern.compile("<form[^>]*\\bid=\"kc-form-login\"[^>]*>");
  private static final Pattern ACTION = Pattern.compile("\\baction=\"([^\"]+)\"");
  private static final Pattern PASSWORD_FIELD = Pattern.compile("<input[^>]*\\bname=\"password\"");

  private static final Set<String> NO_SUCH_GRANT =
      Set.of("unauthorized_client", "invalid_client", "unsupported_grant_type");

  private final IdentityConfig config;
  private final Optional<String> publicUrl;

  /**
   * @param publicUrl the portal's address; what follows a sign-in at the page goes there. Without
   *     it, only token requests are tried
   */
  SignInTrial(IdentityConfig config, Optional<String> publicUrl) {
    this.config = config;
    this.publicUrl = publicUrl;
  }

  /**
   * @throws IOException when the realm does not answer, or answers that it is broken
   */
  Outcome of(String name, String password) throws IOException, InterruptedException {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    Map<String, String> user = Map.of("username", name, "password", password);
    Outcome byToken = byToken(http, user);
    return byToken == Outcome.UNKNOWN ? atPage(http, user) : byToken;
  }

  private Outcome byToken(HttpClient http, Map<String, String> user)
      throws IOException, InterruptedException {
    Map<String, String> form = new TreeMap<>(user);
    form.put("grant_type", "password");
    form.put("client_id", "isthmus-cli");
    HttpResponse<String> answer = post(http, config.protocol("token"), form);
    if (answer.statusCode() == 200) {
      return Outcome.ACCEPTED;
    }
    JsonObject error = json(answer.body());
    if (NO_SUCH_GRANT.contains(error.getString("error", ""))) {
      return Outcome.UNKNOWN;
    }
    // Keycloak looks at the password first and then at what the person has still to do.
    return error.getString("error_description", "").equals("Account is not fully set up")
        ? Outcome.ACCEPTED
        : Outcome.REFUSED;
  }

  private Outcome atPage(HttpClient http, Map<String, String> user)
      throws IOException, InterruptedException {
    if (publicUrl.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    String callback = publicUrl.get() + "/callback";
    URI page =
        URI.create(
            config.protocol("auth")
                + "?"
                + encode(
                    new TreeMap<>(
                        Map.of(
                            "client_id",
                            config.clientId(),
                            "redirect_uri",
                            callback,
                            "response_type",
                            "code",
                            "scope",
                            "openid"))));
    HttpResponse<String> answer = send(http, HttpRequest.newBuilder(page).GET());
    boolean passwordAsked = false;
    for (int i = 0; i < PAGES; i++) {
      String location = answer.headers().firstValue("Location").orElse("");
      if (location.startsWith(callback + "?") && location.contains("code=")
          || location.contains("/required-action")) {
        return Outcome.ACCEPTED;
      }
      if (passwordAsked) {
        return Outcome.REFUSED;
      }
      Matcher form = FORM.matcher(answer.body());
      if (answer.statusCode() != 200 || !form.find()) {
        return Outcome.UNKNOWN;
      }
      Matcher action = ACTION.matcher(form.group());
      if (!action.find()) {
        return Outcome.UNKNOWN;
      }
      passwordAsked = PASSWORD_FIELD.matcher(answer.body()).find();
      answer = post(http, URI.create(action.group(1).replace("&amp;", "&")), user);
    }
    return Outcome.UNKNOWN;
  }

  private static HttpResponse<String> post(HttpClient http, URI to, Map<String, String> form)
      throws IOException, InterruptedException {
    return send(
        http,
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
  }

  private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpRequest complete = request.timeout(PATIENCE).build();
    HttpResponse<String> answer = http.send(complete, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 500) {
      throw new IOException(
          complete.method() + " " + complete.uri() + " was answered " + answer.statusCode());
    }
    return answer;
  }

  private static JsonObject json(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    } catch (JsonException notJson) {
      return JsonObject.EMPTY_JSON_OBJECT;
    }
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
