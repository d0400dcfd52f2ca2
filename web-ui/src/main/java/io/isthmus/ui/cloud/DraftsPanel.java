package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.CloudDraft;
import io.isthmus.domain.cloud.CloudDrafts;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.ui.element.Countries;
import io.isthmus.ui.element.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What was understood of the entries, to choose from; secrets do not show. */
class DraftsPanel extends Div {

  private static final long serialVersionUID = 1L;

  private final transient Runnable chosenChanged;
  private final transient Table<CloudDraft> table;
  private final transient Set<CloudDraft> left = new HashSet<>();
  private transient CloudDrafts read = CloudDrafts.NONE;

  /**
   * @param isThere whether the draft's cloud is a member already
   */
  DraftsPanel(Predicate<CloudDraft> isThere, Runnable chosenChanged) {
    this.chosenChanged = chosenChanged;
    table =
        new Table<CloudDraft>(
                getTranslation("add.understood"),
                draft -> draft.cloud() + " " + draft.connection().project())
            .live()
            .column(getTranslation("cloud.name"), this::choice)
            .column(getTranslation("add.signs-in"), this::signsIn)
            .text(
                getTranslation("clouds.regions"),
                draft ->
                    draft.connection().regions().isEmpty()
                        ? getTranslation("access.all-regions")
                        : String.join(", ", draft.connection().regions()))
            .column(getTranslation("add.facts"), this::facts)
            .text(getTranslation("add.what"), draft -> getTranslation(what(draft, isThere)));
    add(table);
  }

  private String what(CloudDraft draft, Predicate<CloudDraft> isThere) {
    if (read.isKnown(draft)) {
      return "add.adds-nothing";
    }
    return isThere.test(draft) ? "add.adds-access" : "add.adds-cloud";
  }

  /** Those that are right; those that are registered already cannot be chosen. */
  void show(CloudDrafts understood) {
    read = understood;
    left.retainAll(understood.drafts());
    table.setRows(understood.drafts());
    setVisible(!understood.drafts().isEmpty());
  }

  List<CloudDraft> chosen() {
    return read.drafts().stream()
        .filter(draft -> !left.contains(draft) && !read.isKnown(draft))
        .toList();
  }

  private Component choice(CloudDraft draft) {
    Checkbox box = new Checkbox(draft.cloud() + " · " + draft.connection().project());
    box.setValue(!left.contains(draft) && !read.isKnown(draft));
    box.setEnabled(!read.isKnown(draft));
    box.addValueChangeListener(
        change -> {
          if (change.getValue()) {
            left.remove(draft);
          } else {
            left.add(draft);
          }
          chosenChanged.run();
        });
    Span name = new Span(draft.name());
    name.addClassNames("quiet", "small");
    Div cell = new Div(box, name);
    cell.addClassName("lines");
    return cell;
  }

  private Component signsIn(CloudDraft draft) {
    Span url = new Span(draft.connection().authUrl().toString());
    url.addClassNames("mono", "small");
    Div cell = new Div(new Span(identity(draft.connection().credential())), url);
    cell.addClassName("lines");
    return cell;
  }

  private String identity(Credential credential) {
    if (credential instanceof Credential.Password password) {
      return getTranslation(
          "add.by-password",
          password.username(),
          password.projectName().or(password::projectId).orElse(""));
    }
    return getTranslation(
        "add.by-application-credential", ((Credential.ApplicationCredential) credential).id());
  }

  private Component facts(CloudDraft draft) {
    CloudFacts facts = draft.facts();
    Span known =
        new Span(
            facts.operator().name()
                + facts.base().country().map(c -> " · " + Countries.name(c)).orElse(""));
    List<String> unknown = new ArrayList<>();
    if (facts.operator().seat().isEmpty()) {
      unknown.add(getTranslation("facts.seat"));
    }
    if (facts.operator().exposedTo().isEmpty()) {
      unknown.add(getTranslation("facts.exposed-to"));
    }
    if (facts.base().country().isEmpty() && isUnknown(facts, r -> r.country().isEmpty())) {
      unknown.add(getTranslation("region.country"));
    }
    if (facts.base().coordinates().isEmpty() && isUnknown(facts, r -> r.coordinates().isEmpty())) {
      unknown.add(getTranslation("facts.coordinates"));
    }
    Div cell = new Div(known);
    cell.addClassName("lines");
    if (!unknown.isEmpty()) {
      Span words = new Span(getTranslation("add.unknown", String.join(", ", unknown)));
      words.addClassNames("quiet", "small");
      cell.add(words);
    }
    return cell;
  }

  private static boolean isUnknown(CloudFacts facts, Predicate<RegionFacts> missing) {
    return facts.regions().isEmpty() || facts.regions().values().stream().anyMatch(missing);
  }
}
