package io.isthmus.ui.keypair;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.keypair.KeyPair;
import io.isthmus.domain.keypair.KeyPairs;
import io.isthmus.domain.keypair.PublicKey;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.element.RemovalDialog;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.element.Snippet;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.unsent.UnsentForms;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The key pairs of the project, known once for all its clouds. */
@RouteScoped
@Route(value = KeyPairsView.ADDRESS, layout = MainLayout.class)
public class KeyPairsView extends ProjectPage {

  static final String ADDRESS = "key-pairs";

  private static final long serialVersionUID = 1L;
  private static final String COMMAND = "ssh-keygen -t ed25519";

  private final transient KeyPairs pairs;
  private final transient TenantService tenants;
  private final transient UnsentForms forms;
  private final transient ListPanel<KeyPairs.Kept> list;
  private boolean changes;

  @Inject
  KeyPairsView(
      Callers callers,
      CurrentProject current,
      KeyPairs pairs,
      TenantService tenants,
      UnsentForms forms,
      LiveUpdates live) {
    super(callers, current);
    this.pairs = pairs;
    this.tenants = tenants;
    this.forms = forms;
    list =
        new ListPanel<>(
            getTranslation("keypairs.title"),
            kept -> kept.pair().name(),
            ListSource.of(this::kept, KeyPairsView::isWanted, orders()),
            () -> ADDRESS);
    follow(live, list::refresh);
    list.search(getTranslation("keypairs.search"))
        .actions(
            RowAction.<KeyPairs.Kept>of(
                    Glyph.TRASH,
                    kept -> getTranslation("keypairs.remove-title", kept.pair().name()),
                    this::askToRemove)
                .harmful()
                .when(kept -> changes))
        .whenEmpty(this::teacher);
    columns().forEach(list::column);
    setPageTitle(getTranslation("keypairs.title"));
    setSentence(getTranslation("keypairs.sentence"));
    setContent(list);
  }

  private Button adding() {
    Button add = new Button(getTranslation("keypairs.add"), click -> add());
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return add;
  }

  private List<ListColumn<KeyPairs.Kept>> columns() {
    return List.of(
        ListColumn.<KeyPairs.Kept>of(
                "name",
                getTranslation("keypairs.name"),
                kept -> mono(kept.pair().name()),
                kept -> kept.pair().name())
            .sorts(),
        ListColumn.<KeyPairs.Kept>of(
                "type",
                getTranslation("keypairs.type"),
                kept -> type(kept.pair().key()),
                kept -> kept.pair().key().type())
            .sorts(),
        ListColumn.of(
            "fingerprint",
            getTranslation("keypairs.fingerprint"),
            kept -> new Copyable(kept.pair().key().fingerprint()),
            kept -> kept.pair().key().fingerprint()),
        ListColumn.<KeyPairs.Kept>of(
                "md5",
                getTranslation("keypairs.md5"),
                kept -> new Copyable(kept.pair().key().md5Fingerprint()),
                kept -> kept.pair().key().md5Fingerprint())
            .whenChosen(),
        ListColumn.<KeyPairs.Kept>text(
                "comment", getTranslation("keypairs.comment"), kept -> kept.pair().key().comment())
            .sorts(),
        ListColumn.<KeyPairs.Kept>of(
                "added_at",
                getTranslation("keypairs.added"),
                kept -> added(kept.pair()),
                kept -> kept.pair().addedAt().toString())
            .sorts(),
        ListColumn.<KeyPairs.Kept>text(
                "stacks",
                getTranslation("keypairs.stacks"),
                kept -> String.join(", ", kept.stacks()))
            .sorts());
  }

  private static Span mono(String text) {
    Span span = new Span(text);
    span.addClassName("mono");
    return span;
  }

  /** The size of what comes in several. */
  private Component type(PublicKey key) {
    Div cell = new Div(mono(key.type()));
    if (key.type().equals("ssh-rsa")) {
      Span bits = new Span(" " + getTranslation("keypairs.bits", key.bits()));
      bits.addClassName("quiet");
      cell.add(bits);
    }
    return cell;
  }

  private static Component added(KeyPair pair) {
    Div cell = new Div(Moment.compact(pair.addedAt()), new Span(" · " + pair.addedBy()));
    cell.addClassName("small");
    return cell;
  }

  private static Map<String, Comparator<KeyPairs.Kept>> orders() {
    return Map.of(
        "name",
        Comparator.comparing(kept -> kept.pair().name(), NaturalOrder.OF_NAMES),
        "type",
        Comparator.comparing(kept -> kept.pair().key().type()),
        "comment",
        Comparator.comparing(kept -> kept.pair().key().comment().toLowerCase(Locale.ROOT)),
        "added_at",
        Comparator.comparing(kept -> kept.pair().addedAt()),
        "stacks",
        Comparator.comparing(kept -> kept.stacks().size()));
  }

  private static boolean isWanted(ListState asked, KeyPairs.Kept kept) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    PublicKey key = kept.pair().key();
    return Stream.concat(
            Stream.of(
                kept.pair().name(),
                key.type(),
                key.fingerprint(),
                key.md5Fingerprint(),
                key.comment(),
                kept.pair().addedBy()),
            kept.stacks().stream())
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }

  private List<KeyPairs.Kept> kept() {
    return pairs.list(project(), caller());
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    // Who may only look is offered nothing that would be refused.
    changes =
        tenants.projects(caller()).stream()
            .anyMatch(held -> held.project().equals(project()) && held.allow(Role.MEMBER));
    setActions(changes ? new Component[] {adding()} : new Component[0]);
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private void add() {
    new AddDialog(
            pairs,
            caller(),
            project(),
            forms.of(caller(), ADDRESS + "/" + project()),
            list::refresh)
        .open();
  }

  private void askToRemove(KeyPairs.Kept kept) {
    List<String> consequences = new ArrayList<>();
    consequences.add(getTranslation("keypairs.lost"));
    consequences.add(
        kept.stacks().isEmpty()
            ? getTranslation("keypairs.unused")
            : getTranslation(
                "keypairs.used", kept.stacks().size(), String.join(", ", kept.stacks())));
    new RemovalDialog(
            getTranslation("keypairs.remove-title", kept.pair().name()),
            consequences,
            kept.pair().name(),
            getTranslation("keypairs.remove"),
            () -> {
              pairs.remove(project(), kept.pair().name(), caller());
              list.refresh();
            })
        .open();
  }

  private Component teacher() {
    EmptyState empty =
        new EmptyState(getTranslation("keypairs.empty"), getTranslation("keypairs.empty-words"));
    empty.add(new Snippet(COMMAND, getTranslation("keypairs.copy-command")));
    if (changes) {
      empty.add(new Button(getTranslation("keypairs.add"), click -> add()));
    }
    return empty;
  }
}
