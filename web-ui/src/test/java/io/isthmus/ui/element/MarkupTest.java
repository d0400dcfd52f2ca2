package io.isthmus.ui.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void is_what_the_browser_would_have_made_of_the_components() {
    Span state = new Span("healthy");
    state.addClassNames("state", "complete");

    assertThat(Markup.of(new Div(new Anchor("/stacks/1", "web"), state)))
        .isEqualTo(
            "<div><a href=\"/stacks/1\">web</a><span class=\"state complete\">healthy</span></div>");
  }

  @Test
  void what_people_write_stays_text() {
    Span titled = new Span("<b>");
    titled.setTitle("\"><script>");

    assertThat(Markup.of(new Text("<img src=x onerror=alert(1)> & more")))
        .isEqualTo("&lt;img src=x onerror=alert(1)&gt; &amp; more");
    assertThat(Markup.of(titled)).isEqualTo("<span title=\"&quot;><script>\">&lt;b&gt;</span>");
  }

  @Test
  void what_listens_is_refused_however_deep() {
    assertThatThrownBy(() -> Markup.of(new Div(new Span(new Button("go", click -> {})))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<vaadin-button> listens");
  }
}
