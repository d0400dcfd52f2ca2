package io.isthmus.ui.access;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.AccessToken;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Snippet;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Addresses, a token, and the commands with which a program does what its person does here. */
@RouteScoped
@Route(value = ApiAccessView.ADDRESS, layout = MainLayout.class)
public class ApiAccessView extends Page implements BeforeEnterObserver {

  static final String ADDRESS = "api-access";

  private static final long serialVersionUID = 1L;

  /** The client of the realm that programs sign people in by. */
  private static final String CLIENT = "isthmus-cli";

  private final transient Callers callers;
  private final transient CurrentProject current;
  private final String issuer;
  private final String api;

  /**
   * @param publicUrl the portal's address as people type it
   * @param issuer the realm's address
   */
  @Inject
  ApiAccessView(
      Callers callers,
      CurrentProject current,
      @ConfigProperty(name = "isthmus.public-url") String publicUrl,
      @ConfigProperty(name = "isthmus.oidc.issuer") String issuer) {
    this.callers = callers;
    this.current = current;
    this.issuer = issuer;
    this.api = publicUrl + "/api/v1";
    setPageTitle(getTranslation("api-access.title"));
    setSentence(getTranslation("api-access.sentence"));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Optional<ProjectId> project = current.find(callers.current());
    setContent(addresses(project), token(), program(), call(project), follow(project));
  }

  private Component addresses(Optional<ProjectId> project) {
    Anchor description = new Anchor(api + "/docs", getTranslation("api-access.description-link"));
    description.setRouterIgnore(true);
    Facts facts =
        new Facts()
            .fact(getTranslation("api-access.api"), new Copyable(api))
            .fact(getTranslation("api-access.description"), description)
            .fact(getTranslation("api-access.sign-in"), new Copyable(issuer));
    project.ifPresent(
        id ->
            facts.fact(
                getTranslation("api-access.project"),
                new Copyable(id.toString()),
                quiet(getTranslation("api-access.project-words", id))));
    return section("addresses", facts);
  }

  private Component token() {
    Div shown = new Div();
    shown.getElement().setAttribute("aria-live", "polite");
    Button show = new Button(getTranslation("api-access.show-token"));
    show.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    show.addClickListener(
        click -> {
          AccessToken token = callers.accessToken();
          shown.removeAll();
          shown.add(
              snippet(token.text()),
              new Paragraph(
                  getTranslation("api-access.token-until", Reader.formats().time(token.until()))));
          show.setText(getTranslation("api-access.another-token"));
        });
    return section("token", words("token"), shown, show);
  }

  private Component program() {
    String ask =
        """
        curl -s %1$s/protocol/openid-connect/auth/device -d client_id=%2$s | tee device.json
        """
            .formatted(issuer, CLIENT);
    String fetch =
        """
        curl -s %1$s/protocol/openid-connect/token -d client_id=%2$s \\
          -d grant_type=urn:ietf:params:oauth:grant-type:device_code \\
          -d device_code=$(jq -r .device_code device.json) > token.json
        token=$(jq -r .access_token token.json)
        """
            .formatted(issuer, CLIENT);
    String renew =
        """
        curl -s %1$s/protocol/openid-connect/token -d client_id=%2$s \\
          -d grant_type=refresh_token \\
          -d refresh_token=$(jq -r .refresh_token token.json) > token.new && mv token.new token.json
        token=$(jq -r .access_token token.json)
        """
            .formatted(issuer, CLIENT);
    return section(
        "program",
        words("program"),
        snippet(ask),
        words("program-fetch"),
        snippet(fetch),
        words("program-renew"),
        snippet(renew));
  }

  private Component call(Optional<ProjectId> project) {
    return section(
        "call",
        words("call"),
        snippet(
            "curl -H \"Authorization: Bearer $token\" '"
                + api
                + "/stacks"
                + query("?", project)
                + "'\n"));
  }

  private Component follow(Optional<ProjectId> project) {
    return section(
        "follow",
        words("follow"),
        snippet(
            "curl -N -H \"Authorization: Bearer $token\" -H 'Accept: text/event-stream' \\\n  '"
                + api
                + "/events?after=latest"
                + query("&", project)
                + "'\n"));
  }

  private static String query(String lead, Optional<ProjectId> project) {
    return project.map(id -> lead + "project=" + id).orElse("");
  }

  private Snippet snippet(String text) {
    return new Snippet(text, getTranslation("api-access.copy"));
  }

  private Paragraph words(String key) {
    return new Paragraph(getTranslation("api-access." + key + "-words"));
  }

  private static Span quiet(String text) {
    Span quiet = new Span(text);
    quiet.addClassName("quiet");
    return quiet;
  }

  private Section section(String key, Component... content) {
    Section section = new Section(new H2(getTranslation("api-access." + key)));
    section.add(content);
    return section;
  }
}
