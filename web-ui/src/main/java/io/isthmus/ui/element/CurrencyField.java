package io.isthmus.ui.element;

import com.vaadin.flow.component.combobox.ComboBox;
import io.isthmus.domain.cloud.Currencies;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** A currency by its code: those that are used already first, then all others. */
public class CurrencyField extends ComboBox<String> {

  private static final long serialVersionUID = 1L;

  /**
   * @param used those that are likely
   */
  public CurrencyField(String label, Collection<String> used) {
    super(label);
    Set<String> offered = new LinkedHashSet<>(used);
    offered.addAll(Currencies.CODES);
    setItems(offered);
    Locale locale = Reader.locale();
    setItemLabelGenerator(code -> code + " · " + Currency.getInstance(code).getDisplayName(locale));
    setWidthFull();
    setRequired(true);
    setErrorMessage(getTranslation("form.needed"));
  }
}
