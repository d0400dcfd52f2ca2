package io.isthmus.ui.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import io.isthmus.ui.widget.TemplateEditor.Diagnostic;
import jakarta.json.Json;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WidgetPropertiesTest {
  @Test
  void a_map_gets_its_sites_and_links_as_json() {
    SiteMap map = new SiteMap();

    map.setSites(
        List.of(
            new SiteMap.Site(
                "gra",
                "gra \"1\"",
                50.99,
                2.13,
                new Hue(1),
                Mark.DEGRADED,
                14,
                "14 resources",
                true,
                Optional.of(new SiteMap.Way("/clouds/gra", "Open gra")))));
    map.setLinks(List.of(new SiteMap.Link("gra", "bhs", Mark.FAILED, "down")));

    assertThat(property(map, "sites"))
        .isEqualTo(
            json(
                """
                [{"id": "gra", "name": "gra \\"1\\"", "lat": 50.99, "lon": 2.13, "hue": 1,
                  "state": "degraded", "count": 14, "label": "14 resources", "excluded": true,
                  "href": "/clouds/gra", "action": "Open gra"}]
                """));
    assertThat(property(map, "links"))
        .isEqualTo(
            json(
                "[{\"from\": \"gra\", \"to\": \"bhs\", \"state\": \"failed\", \"label\": \"down\"}]"));
  }

  @Test
  void rows_tell_only_the_cells_that_changed() {
    String told =
        Rows.json(
            List.of(
                new Rows.Row(1, List.of(Optional.of("<b>\"web\"</b>"), Optional.empty())),
                new Rows.Row(2, List.of())));

    assertThat(json(told))
        .isEqualTo(
            json(
                """
                [{"id": 1, "cells": ["<b>\\"web\\"</b>", null]}, {"id": 2}]
                """));
  }

  @Test
  void a_graph_tells_places_only_for_what_is_in_a_cloud() {
    Topology.Graph graph =
        new Topology.Graph(
            List.of(
                new Topology.Node(
                    "1",
                    "web-0",
                    "OS::Nova::Server",
                    Mark.COMPLETE,
                    Optional.of(new Topology.Place("gra", new Hue(2), "GRA1"))),
                new Topology.Node(
                    "2", "secret", "OS::Heat::RandomString", Mark.UNKNOWN, Optional.empty())),
            List.of(new Topology.Edge("1", "2")));

    assertThat(json(graph.json()))
        .isEqualTo(
            json(
                """
                {"nodes": [
                  {"id": "1", "label": "web-0", "type": "OS::Nova::Server", "status": "complete",
                   "cloud": "gra", "hue": 2, "region": "GRA1"},
                  {"id": "2", "label": "secret", "type": "OS::Heat::RandomString", "status": "unknown"}],
                 "edges": [{"from": "1", "to": "2"}]}
                """));
  }

  @Test
  void an_editor_is_told_what_is_wrong_and_where() {
    TemplateEditor editor = new TemplateEditor("Template");

    editor.setDiagnostics(
        List.of(
            Diagnostic.onLine(3, "unknown type"),
            new Diagnostic(4, 5, 9, "deprecated", TemplateEditor.Severity.WARNING)));

    assertThat(property(editor, "diagnostics"))
        .isEqualTo(
            json(
                """
                [{"line": 3, "column": 1, "message": "unknown type", "severity": "error"},
                 {"line": 4, "column": 5, "message": "deprecated", "severity": "warning",
                  "endColumn": 9}]
                """));
  }

  @Test
  void an_editor_holds_its_value_and_whether_it_may_be_changed() {
    TemplateEditor editor = new TemplateEditor("Template");
    List<String> heard = new ArrayList<>();
    editor.addValueChangeListener(change -> heard.add(change.getValue()));

    editor.setValue("a: 1\n");
    editor.setReadOnly(true);

    assertThat(editor.getValue()).isEqualTo("a: 1\n");
    assertThat(heard).containsExactly("a: 1\n");
    assertThat(editor.isReadOnly()).isTrue();
  }

  @Test
  void clicks_carry_the_id_of_what_was_clicked() {
    SiteMap map = new SiteMap();
    Topology topology = new Topology();
    List<String> clicked = new ArrayList<>();
    map.addSiteClickListener(click -> clicked.add(click.id()));
    topology.addNodeClickListener(click -> clicked.add(click.id()));

    ComponentUtil.fireEvent(map, new SiteMap.SiteClick(map, true, "gra"));
    ComponentUtil.fireEvent(topology, new Topology.NodeClick(topology, true, "web-0"));

    assertThat(clicked).containsExactly("gra", "web-0");
  }

  @Test
  void a_place_off_the_earth_is_refused() {
    assertThatThrownBy(
            () -> new SiteMap.Site("x", "x", 91, 0, new Hue(1), Mark.COMPLETE, 0, "", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("latitude")
        .hasMessageContaining("91");
  }

  @Test
  void the_ninth_cloud_shares_the_hue_of_the_first() {
    assertThat(Hue.ofPlace(0)).isEqualTo(new Hue(1));
    assertThat(Hue.ofPlace(8)).isEqualTo(new Hue(1));
    assertThatThrownBy(() -> new Hue(9)).isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonStructure property(Component component, String name) {
    return json(component.getElement().getProperty(name));
  }

  private static JsonStructure json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.read();
    }
  }
}
