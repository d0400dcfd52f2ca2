package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.probe.ProbeResult;
import io.isthmus.domain.stack.PartDetail;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackId;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.placement.Reasons;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that is known of one part. */
class PartDetails extends Div {

  private static final long serialVersionUID = 1L;

  private static final String SERVER = "OS::Nova::Server";

  private final transient StackId stack;
  private final transient Runnable close;
  private final transient PartSource source;
  private transient Optional<PartId> shown = Optional.empty();
  private transient Optional<ConsolePanel> console = Optional.empty();
  private final transient Set<PartId> open = new HashSet<>();
  private transient Clouds clouds = new Clouds(List.of());

  /**
   * @param close is run when the reader has seen enough
   */
  PartDetails(StackId stack, Runnable close, PartSource source) {
    this.stack = stack;
    this.close = close;
    this.source = source;
    addClassNames("panel", "details-panel");
    getElement().setAttribute("role", "region");
    getElement().setAttribute("aria-label", getTranslation("part.details"));
  }

  void show(PartView part, List<PartView> all, Clouds known) {
    clouds = known;
    removeAll();
    Button shut = new Button(Glyph.CLOSE.create(), click -> close.run());
    shut.addThemeVariants(
        ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON, ButtonVariant.LUMO_SMALL);
    shut.setAriaLabel(getTranslation("shell.close"));
    Div head = new Div(new H2(part.id().resource()), shut);
    head.addClassNames("panel-head", "row", "between");
    Div body = new Div();
    body.addClassNames("body", "stack-wide");
    PartTrouble.of(part, part.id().resource(), clouds).ifPresent(body::add);
    body.add(facts(part, all));
    if (part.type().equals(SERVER)) {
      List<ProbeResult> probes = source.probes(part.id());
      if (!probes.isEmpty()) {
        body.add(new H3(getTranslation("probes.title")), new PartProbes(probes));
      }
    }
    Optional<PartDetail> detail = source.detail(part.id());
    detail
        .map(PartDetail::resolutions)
        .filter(resolutions -> !resolutions.isEmpty())
        .ifPresent(
            resolutions ->
                body.add(new H3(getTranslation("plan.becomes")), resolutions(resolutions)));
    if (!shown.equals(Optional.of(part.id()))) {
      shown = Optional.of(part.id());
      console = Optional.empty();
    }
    if (console.isEmpty() && part.type().equals(SERVER) && part.physicalId().isPresent()) {
      console = Optional.of(source.console(part));
    }
    console.ifPresent(body::add);
    PartRefusals.of(part)
        .ifPresent(refusals -> body.add(new H3(getTranslation("part.refused")), refusals));
    detail.ifPresent(more -> body.add(why(more), new PartAttributes(more.attributes())));
    add(head, body);
  }

  /** Read when it is opened only: a plan knows much. */
  private Component why(PartDetail detail) {
    PartView part = detail.view();
    Div reasons = new Div();
    NativeDetails why = new NativeDetails(getTranslation("part.why"), reasons);
    why.setOpen(open.contains(part.id()));
    if (why.isOpen()) {
      fill(reasons, part);
    }
    why.addToggleListener(
        toggle -> {
          if (!toggle.isOpened()) {
            open.remove(part.id());
          } else if (open.add(part.id())) {
            fill(reasons, part);
          }
        });
    return why;
  }

  private void fill(Div reasons, PartView part) {
    reasons.removeAll();
    source
        .decision(part.id())
        .ifPresentOrElse(
            decision -> {
              if (!decision.chosen().contains(place(part)) && !decision.chosen().isEmpty()) {
                reasons.add(new Paragraph(getTranslation("part.moved", decision.chosen().get(0))));
              }
              reasons.add(new Reasons(decision, clouds));
            },
            () -> reasons.add(new Paragraph(getTranslation("part.no-decision"))));
  }

  private static Place place(PartView part) {
    return part.availabilityZone()
        .map(zone -> Place.inZone(part.id().cloud(), part.id().region(), zone))
        .orElseGet(() -> part.id().place());
  }

  private Facts facts(PartView part, List<PartView> all) {
    Facts facts =
        new Facts()
            .fact(getTranslation("part.type"), part.type())
            .fact(getTranslation("part.where"), clouds.place(place(part)))
            .fact(getTranslation("stack.status"), StateBadge.of(part.status()))
            .fact(getTranslation("stack.health"), StateBadge.of(part.health()));
    part.health().reasons().forEach(reason -> facts.fact("", reason.in(Reader.locale())));
    part.cloudStatus()
        .filter(said -> !said.isBlank())
        .ifPresent(status -> facts.fact(getTranslation("part.cloud-status"), mono(status)));
    facts.fact(getTranslation("part.physical-name"), new Copyable(part.physicalName()));
    part.physicalId()
        .ifPresent(id -> facts.fact(getTranslation("part.physical-id"), new Copyable(id)));
    if (!part.addresses().isEmpty()) {
      facts.fact(
          getTranslation("part.addresses"),
          part.addresses().stream()
              .map(address -> new Div(new Copyable(address)))
              .toArray(Component[]::new));
    }
    facts.fact(getTranslation("part.mark"), new Copyable(mark(part)));
    if (!part.requires().isEmpty()) {
      facts.fact(
          getTranslation("part.requires"),
          part.requires().stream()
              .sorted()
              .map(needed -> PartNames.of(needed, all))
              .collect(Collectors.joining(", ")));
    }
    facts.fact(getTranslation("part.generation"), Reader.formats().number(part.generation()));
    facts.fact(getTranslation("part.updated"), Moment.absolute(part.updatedAt()));
    return facts;
  }

  private Component resolutions(List<Resolution> resolutions) {
    UnorderedList list = new UnorderedList();
    list.addClassNames("reasons", "small");
    resolutions.forEach(
        each -> {
          Span property = new Span(each.property());
          property.addClassName("mono");
          list.add(new ListItem(property, new Span(": " + each.why().in(Reader.locale()))));
        });
    return list;
  }

  /** Stack, generation and resource, in the order in which clouds have it. */
  private String mark(PartView part) {
    return stack + ":" + part.generation() + ":" + part.id().resource();
  }

  private static Component mono(String text) {
    Span span = new Span(text);
    span.addClassName("mono");
    return span;
  }
}
