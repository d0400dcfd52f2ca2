package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Portal;
import io.isthmus.itests.StackUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What people get wrong is told in the portal where it is wrong, in the reader's language, with
 * what to do about it.
 */
@BesideOthers
@Order(1)
class WhatPeopleGetWrongIT extends PortalTest {

  private static final String HEAD = "heat_template_version: 2018-08-31\n";
  private static final String NET = HEAD + "resources:\n  net: {type: OS::Neutron::Net}\n";
  private static final int MANY_KIB = 600;

  /** A reader's language, with the words by which the pages are walked. */
  enum Language {
    EN("en-GB", "Line ", "Next", "Name of the stack", "Test the connection"),
    FR("fr-FR", "Ligne ", "Suivant", "Nom de la stack", "Essayer la connexion");

    private final String asked;
    private final String line;
    private final String next;
    private final String stackName;
    private final String test;

    Language(String asked, String line, String next, String stackName, String test) {
      this.asked = asked;
      this.line = line;
      this.next = next;
      this.stackName = stackName;
      this.test = test;
    }

    String of(String english, String french) {
      return this == EN ? english : french;
    }
  }

  /**
   * A mistake in a template.
   *
   * @param line at which it is told
   * @param english part of what is said, and so in French
   */
  private record Mistake(String template, int line, String english, String french) {}

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(
              HEAD + "resources: [a",
              2,
              "begun with “[” is not closed here. Put “,” between",
              "ouverte par « [ » n’est pas fermée ici. Mettez « , »"),
          new Mistake(
              HEAD + bomb(),
              7,
              "With its aliases expanded this has more than 200000 values. Write fewer aliases",
              "ce texte contient plus de 200000 valeurs. Utilisez moins d’alias"),
          new Mistake(
              HEAD + "outputs: " + "[".repeat(150) + "]".repeat(150),
              1,
              "nested in more than 100 levels. Flatten it.",
              "dépasse 100 niveaux. Aplatissez-la."),
          new Mistake(
              HEAD + "resources:\n  a: {type: OS::Nova::Serve}\n",
              3,
              "There is no resource type “OS::Nova::Serve” here. Did you mean “OS::Nova::Server”?",
              "type de ressource « OS::Nova::Serve ». Vouliez-vous dire « OS::Nova::Server » ?"),
          new Mistake(
              HEAD
                  + "resources:\n  a: {type: OS::Neutron::Net, properties: {name: {get_parm: x}}}\n",
              3,
              "There is no function “get_parm”. Did you mean “get_param”?",
              "Il n’y a pas de fonction « get_parm ». Vouliez-vous dire « get_param » ?"),
          new Mistake(
              HEAD + "resources:\n  a: {type: OS::Neutron::Net, properties: {nam: x}}\n",
              3,
              "OS::Neutron::Net has no property “nam”. Did you mean “name”?",
              "OS::Neutron::Net n’a pas de propriété « nam ». Vouliez-vous dire « name » ?"),
          new Mistake(
              NET + "outputs:\n  o: {value: {get_resource: ned}}\n",
              5,
              "There is no resource “ned” in this template. Did you mean “net”?",
              "Il n’y a pas de ressource « ned » dans ce modèle. Vouliez-vous dire « net » ?"),
          new Mistake(
              HEAD + "resources:\n  a: {type: OS::Neutron::Net, depends_on: a}\n",
              3,
              "in a circle: a → a. Break the circle",
              "en cercle : a → a. Rompez le cercle"));

  private static String bomb() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
    }
    return bomb.toString();
  }

  @ParameterizedTest
  @EnumSource
  void aBadTemplateIsToldAtItsLine(Language language) {
    try (Portal reader = new Portal(system.url(), language.asked)) {
      reader.signIn("alice", "/stacks/new");
      Locator told = reader.page().locator(".findings").first();
      for (Mistake mistake : MISTAKES) {
        reader.write(reader.editor(0), mistake.template());
        assertThat(told).containsText(language.of(mistake.english(), mistake.french()));
        assertThat(told).containsText(language.line + mistake.line());
        reader.press(language.next);
        assertThat(told).containsText(language.of(mistake.english(), mistake.french()));
        assertThat(reader.page()).hasURL(Pattern.compile(".*/template$"));
      }

      reader
          .page()
          .locator("vaadin-upload input[type=file]")
          .first()
          .setInputFiles(
              new FilePayload(
                  "large.yaml",
                  "text/yaml",
                  ("# " + "x".repeat(MANY_KIB * 1024)).getBytes(StandardCharsets.UTF_8)));
      assertThat(reader.page().getByRole(AriaRole.ALERT).first())
          .containsText(
              language.of(
                  "A text of at most 512 KiB can.", "Un texte d’au plus 512 Kio peut l’être."));
    }
  }

  @ParameterizedTest
  @EnumSource
  void badParametersAndPoliciesAreToldWhereTheyAre(Language language) throws Exception {
    try (Portal reader = new Portal(system.url(), language.asked)) {
      reader.signIn("alice", "/stacks/new?sample=shop");
      Page page = reader.page();
      reader.fill(language.stackName, "");
      assertThat(page.locator("#stack-name"))
          .containsText(language.of("Give the stack a name", "Donner un nom à la stack"));
      reader.fill(language.stackName, "wrong");
      String webServers = language.of("Web servers", "Serveurs web");
      reader.fill(webServers, "1000");
      assertThat(page.locator("#parameter-web_count"))
          .containsText(
              language.of(
                  "1000 must lie between 1 and 20", "1000 doit être compris entre 1 et 20"));
      reader.fill(webServers, "2");
      reader.press(language.next);

      Locator told = page.locator(".findings").first();
      assertThat(page).hasURL(Pattern.compile(".*/policy$"));
      reader.write(
          reader.editor(0),
          "placement_policy_version: 2026-11-23\nrules:\n  - {name: r, residensy: {}}\n");
      assertThat(told)
          .containsText(
              language.of("Did you mean “residency”?", "Vouliez-vous dire « residency » ?"));
      assertThat(told).containsText(language.line + 3);
      reader.press(language.next);
      assertThat(page).hasURL(Pattern.compile(".*/policy$"));

      reader.write(reader.editor(0), Files.readString(Path.of("../samples/sovereign/policy.yaml")));
      assertThat(told).isEmpty();
      reader.press(language.next);
      assertThat(
              page.getByText(
                      language.of("Not everything has a place", "Tout n’a pas trouvé sa place"))
                  .first())
          .isVisible();
      assertThat(
              page.getByText(language.of("BHS lies in Canada", "hors du périmètre (pays : Canada"))
                  .first())
          .isVisible();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTakenNameIsToldWithTheWayToAnother(Language language) throws Exception {
    String name = "taken-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    StackUnderTest stack = StackUnderTest.of(alice, alice.plan(name, NET, "", Map.of()));
    try (Portal reader = new Portal(system.url(), language.asked)) {
      reader.signIn("alice", "/plans/" + alice.plan(name, NET, "", Map.of()).getString("id"));
      reader.press(Pattern.compile(language.of("Create 1 resource", "Créer 1 ressource")));
      assertThat(reader.page().getByRole(AriaRole.ALERT).first())
          .containsText(
              language.of(
                  "This project has a stack “" + name + "” already. Choose another name",
                  "Ce projet a déjà une stack « " + name + " ». Choisissez un autre nom"));

      reader.open("/stacks/new?plan=" + alice.plan(name, NET, "", Map.of()).getString("id"));
      assertThat(reader.page().locator("#stack-name"))
          .containsText(
              language.of(
                  "This project already has a stack “" + name + "”",
                  "Ce projet a déjà une stack « " + name + " »"));
      reader.press(
          language.of(
              "Use “" + name + "-2”, which is free", "Prendre « " + name + "-2 », qui est libre"));
      assertThat(reader.page().getByLabel(language.stackName).first()).hasValue(name + "-2");
      reader.press(language.next);
      reader.page().waitForURL(Pattern.compile(".*/policy$"));
    } finally {
      stack.awaitComplete();
      stack.delete();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAnothersIsToldLikeWhatIsNot(Language language) throws Exception {
    StackUnderTest stack =
        StackUnderTest.of(alice, alice.plan("hers-" + UUID.randomUUID(), NET, "", Map.of()));
    try (Portal reader = new Portal(system.url(), language.asked)) {
      String missing = UUID.randomUUID().toString();
      reader.signIn("bob", "/stacks/" + stack.id());
      String anothers = said(reader);
      reader.open("/stacks/" + missing);

      assertThat(said(reader).replace(missing, "ID"))
          .isEqualTo(anothers.replace(stack.id(), "ID"))
          .contains(language.of("Not found", "Introuvable"))
          .contains("ID");
    } finally {
      stack.awaitComplete();
      stack.delete();
    }
  }

  private static String said(Portal reader) {
    return reader.page().locator(".page").innerText();
  }

  @ParameterizedTest
  @EnumSource
  void aCloudThatLetsNobodyInSaysWhereItStopped(Language language) throws Exception {
    try (Portal reader = new Portal(system.url(), language.asked)) {
      reader.signIn("admin", "/clouds/add/entry");
      reader.write(reader.editor(0), "new:\n  auth:\n    auth_url: nowhere\n");
      assertThat(reader.page().locator(".findings").first()).containsText(language.line + 3);

      String failed = language.of("failed", "échec");
      Locator outcome = test(reader, language, "http://127.0.0.1:9/v3");
      assertThat(outcome).containsText(failed);
      assertThat(outcome)
          .containsText(language.of("the connection was refused", "la connexion a été refusée"));

      outcome = test(reader, language, aKeystone());
      assertThat(outcome).containsText(failed);
      assertThat(outcome).containsText(language.of("Credential", "Identifiants"));
      assertThat(outcome).not().containsText("not-the-password");
    }
  }

  private static Locator test(Portal reader, Language language, String keystone) {
    reader.write(
        reader.editor(0),
        """
        new:
          auth:
            auth_url: %s
            username: globex-demo
            password: not-the-password
            project_name: globex-demo
            user_domain_name: Default
            project_domain_name: Default
          isthmus:
            project: globex/demo
        """
            .formatted(keystone));
    reader.press(language.test);
    return reader.page().locator("#test-outcome");
  }

  private String aKeystone() throws Exception {
    return Files.readString(system.cloudsFile())
        .lines()
        .filter(line -> line.contains("auth_url"))
        .findFirst()
        .orElseThrow()
        .replaceFirst(".*auth_url: *", "")
        .replaceAll("[\"',}].*", "")
        .strip();
  }
}
