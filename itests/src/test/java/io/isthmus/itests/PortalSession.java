package io.isthmus.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An evaluation user who is signed in to the portal, and asks it for pages without a browser. */
public final class PortalSession {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ACTION = Pattern.compile("<form[^>]+action=\"([^\"]+)\"");

  private final RunningSystem system;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  private PortalSession(RunningSystem system) {
    this.system = system;
  }

  /** Signs in as a browser does: Keycloak asks for the name first, then for the password. */
  public static PortalSession signIn(RunningSystem system, String user) throws Exception {
    PortalSession session = new PortalSession(system);
    HttpResponse<String> name = session.send(HttpRequest.newBuilder(system.url()));
    HttpResponse<String> password = session.send(form(name, "username=" + encode(user)));
    HttpResponse<String> page =
        session.send(form(password, "username=" + encode(user) + "&password=" + encode(user)));
    assertThat(page.uri().getPort()).as(page.body()).isEqualTo(system.url().getPort());
    return session;
  }

  /**
   * What the server draws of a page: what the browser asks for when the page is opened.
   *
   * @param path without a slash at its beginning
   */
  public String page(String path) throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(
                URI.create(system.url() + "/?v-r=init&location=" + encode(path) + "&query=")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder form(HttpResponse<String> page, String fields) {
    Matcher action = ACTION.matcher(page.body());
    assertThat(action.find()).as(page.body()).isTrue();
    return HttpRequest.newBuilder(page.uri().resolve(action.group(1).replace("&amp;", "&")))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(fields));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
