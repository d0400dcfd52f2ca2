package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudDetails.AccessDetails;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.HealthCell;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which projects may go into the cloud, as whom, and how that works. */
class AccessesTab extends ListTab<AccessDetails> {

  private static final long serialVersionUID = 1L;
  private static final String HEALTH = "health";

  /** What can be done to a project's access. */
  interface Actions {
    /** Tries it step by step. */
    void test(ProjectId project);

    /** Asks for another credential in its place. */
    void replace(ProjectId project);

    /** Asks whether it shall go. */
    void remove(ProjectId project);
  }

  private final transient ListPanel<AccessDetails> list;
  private final Anchor another = new Anchor();
  private transient List<AccessDetails> accesses = List.of();

  /**
   * @param asked what to show first
   * @param address of the tab
   */
  AccessesTab(String title, Actions actions, ListState asked, Supplier<String> address) {
    super(asked);
    list =
        new ListPanel<>(
            title,
            each -> each.access().project(),
            ListSource.of(() -> accesses, AccessesTab::isWanted, orders()),
            address);
    list.search(getTranslation("access.filter"))
        .filter(
            HEALTH,
            new FilterSelect<>(
                getTranslation("cloud.health"),
                List.of(CloudHealth.State.values()),
                state -> getTranslation("cloud-health." + state)),
            CloudHealth.State.class)
        .actions(
            action("access.test", actions::test),
            action("access.replace", actions::replace),
            action("access.remove", actions::remove).harmful())
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("clouds.no-access"), getTranslation("access.none-words")));
    columns().forEach(list::column);
    Paragraph words = new Paragraph(getTranslation("access.words"));
    words.addClassName("quiet");
    another.setText(getTranslation("access.add"));
    add(words, list, another);
  }

  @Override
  ListPanel<AccessDetails> list() {
    return list;
  }

  @Override
  void show(CloudState state) {
    accesses = state.details().accesses();
    another.setHref(AddCloudView.address(state.cloud().id()));
    fill();
  }

  private List<ListColumn<AccessDetails>> columns() {
    return List.of(
        ListColumn.<AccessDetails>text(
                "project",
                getTranslation("access.project"),
                each -> each.access().project().toString())
            .sorts(),
        ListColumn.<AccessDetails>text(
                "as", getTranslation("access.as"), each -> each.access().signsInAs())
            .sorts(),
        ListColumn.text("account", getTranslation("access.account"), this::account),
        ListColumn.text("regions", getTranslation("clouds.regions"), this::regions),
        ListColumn.<AccessDetails>of(
                "expires",
                getTranslation("access.expires"),
                each -> moment(expires(each), Moment::until, "access.no-end"),
                each -> expires(each).map(Instant::toString).orElse(""))
            .sorts(),
        ListColumn.<AccessDetails>of(
                "read",
                getTranslation("access.read"),
                each -> moment(read(each), Moment::ago, "access.never"),
                each -> read(each).map(Instant::toString).orElse(""))
            .sorts(),
        ListColumn.<AccessDetails>of(
                HEALTH,
                getTranslation("cloud.health"),
                each -> new HealthCell(each.health()),
                each -> each.health().state().name())
            .sorts());
  }

  private static Map<String, Comparator<AccessDetails>> orders() {
    return Map.of(
        "project",
        Comparator.comparing(each -> each.access().project().toString()),
        "as",
        Comparator.comparing(each -> each.access().signsInAs()),
        "expires",
        Comparator.comparing(each -> expires(each).orElse(Instant.MAX)),
        "read",
        Comparator.comparing(each -> read(each).orElse(Instant.MIN)),
        HEALTH,
        Comparator.comparing(each -> each.health().state()));
  }

  private static boolean isWanted(ListState asked, AccessDetails each) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    return asked
            .value(HEALTH, CloudHealth.State.class)
            .map(each.health().state()::equals)
            .orElse(true)
        && Stream.of(each.access().project().toString(), each.access().signsInAs())
            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }

  private String regions(AccessDetails each) {
    return each.access().regions().isEmpty()
        ? getTranslation("access.all-regions")
        : String.join(", ", each.access().regions());
  }

  /** The OpenStack project, and that others of ours share it with its quotas. */
  private String account(AccessDetails each) {
    Optional<String> id = each.inventory().flatMap(CloudInventory::account);
    long others =
        accesses.stream()
            .filter(one -> !one.access().project().equals(each.access().project()))
            .filter(one -> id.isPresent())
            .filter(one -> one.inventory().flatMap(CloudInventory::account).equals(id))
            .count();
    return id.map(
            text -> others == 0 ? text : getTranslation("access.account-shared", text, others))
        .orElseGet(() -> getTranslation("access.account-unknown"));
  }

  private static Optional<Instant> expires(AccessDetails each) {
    return each.inventory().flatMap(CloudInventory::credentialExpires);
  }

  private static Optional<Instant> read(AccessDetails each) {
    return each.inventory().map(CloudInventory::takenAt);
  }

  private Component moment(
      Optional<Instant> at, Function<Instant, Component> shown, String otherwise) {
    return at.map(shown).orElseGet(() -> new Span(getTranslation(otherwise)));
  }

  private RowAction<AccessDetails> action(String key, Consumer<ProjectId> act) {
    return RowAction.of(
        getTranslation(key),
        access -> getTranslation(key + "-of", access.access().project().toString()),
        access -> act.accept(access.access().project()));
  }
}
