package io.isthmus.ui.image;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import io.isthmus.domain.fault.Violation;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What of an image clouds act on, to be typed. */
final class ImageFields {

  final IntegerField minDisk = new IntegerField();
  final IntegerField minRam = new IntegerField();
  final TextArea properties = new TextArea();

  /** The two numbers beside each other. */
  final Div least = new Div(minDisk, minRam);

  /**
   * @param words gives the words of a key
   */
  ImageFields(UnaryOperator<String> words) {
    number(minDisk, words.apply("images.min-disk"), words.apply("images.min-disk-help"), "GiB");
    number(minRam, words.apply("images.min-ram"), words.apply("images.min-ram-help"), "MiB");
    least.addClassNames("row", "top");
    properties.setLabel(words.apply("images.properties"));
    properties.setHelperText(words.apply("images.properties-help"));
    properties.setPlaceholder("os_distro=debian");
    properties.addClassName("mono");
    properties.setWidthFull();
  }

  private static void number(IntegerField field, String label, String help, String unit) {
    field.setLabel(label);
    field.setHelperText(help);
    field.setSuffixComponent(new Div(unit));
    field.setMin(0);
    field.setValue(0);
    field.setStepButtonsVisible(true);
  }

  int minDisk() {
    return Optional.ofNullable(minDisk.getValue()).orElse(0);
  }

  int minRam() {
    return Optional.ofNullable(minRam.getValue()).orElse(0);
  }

  Map<String, String> properties() {
    return lines(properties.getValue());
  }

  void clearMistakes() {
    minDisk.setInvalid(false);
    minRam.setInvalid(false);
    properties.setInvalid(false);
  }

  /** Whether it was about one of these. */
  boolean show(Violation violation) {
    return showAt(violation, "min_disk", minDisk)
        | showAt(violation, "min_ram", minRam)
        | showAt(violation, "properties", properties);
  }

  static <F extends Component & HasValidation & Focusable<?>> boolean showAt(
      Violation violation, String pointer, F field) {
    if (!violation.pointer().equals(pointer)) {
      return false;
    }
    field.setErrorMessage(Notice.message(violation, Reader.locale()));
    field.setInvalid(true);
    field.focus();
    return true;
  }

  /** One property a line. */
  static Map<String, String> lines(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              properties.put(
                  (equals < 0 ? line : line.substring(0, equals)).strip(),
                  equals < 0 ? "" : line.substring(equals + 1).strip());
            });
    return properties;
  }

  /** What {@link #lines} reads. */
  static String text(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(property -> property.getKey() + "=" + property.getValue())
        .collect(Collectors.joining("\n"));
  }
}
